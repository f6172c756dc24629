"""What drivers raise, as diagnostics for people: what is wrong with a target, and what to do about it."""

from __future__ import annotations

import errno
import io
import ssl
from dataclasses import dataclass

from kitabat.delivery.address import Address
from kitabat.delivery.parcel import ChangedError
from kitabat.delivery.target import DigestError
from kitabat.model.diagnostic import Diagnostic, Location, error

EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "sftp": "sftp", "ssh": "sftp"} | dict.fromkeys(
    ("abfs", "abfss", "az"), "azure"
)
"""The toolkit's extra with the driver of a protocol."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault at a target, known by exceptions, names of drivers' exceptions, system numbers or words."""

    rule: str
    words: str
    """What is said before the driver's own words."""
    hint: str
    types: tuple[type[BaseException], ...] = ()
    names: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    phrases: tuple[str, ...] = ()
    """In lower case; one of them in the driver's words is as good as a name."""
    is_final: bool = True
    """False where it may go better the next time."""

    def fits(self, fault: BaseException) -> bool:
        """Tell whether a fault, or one that it was raised from, is of this kind."""
        names = {parent.__name__ for parent in type(fault).__mro__}
        said = str(fault).lower()
        return (
            isinstance(fault, self.types)
            or not self.names.isdisjoint(names)
            or (isinstance(fault, OSError) and fault.errno in self.numbers)
            or any(phrase in said for phrase in self.phrases)
        )


CREDENTIALS = frozenset(
    {
        "NoCredentialsError",
        "PartialCredentialsError",
        "ProfileNotFound",
        "UnauthorizedSSOTokenError",
        "TokenRetrievalError",
        "AuthenticationException",
        "DefaultCredentialsError",
        "RefreshError",
        "ClientAuthenticationError",
        "LogonFailure",
    }
)
"""Exceptions of botocore, paramiko, google-auth, azure-core and smbprotocol, which are not imported to be asked."""
KINDS: tuple[Kind, ...] = (
    Kind(
        "output/changed",
        "The output has changed since publishing began",
        "Let the build end",
        types=(ChangedError,),
    ),
    Kind(
        "output/digest",
        "The target holds other bytes than those that were sent",
        "Look whether something rewrites files there",
        types=(DigestError,),
        is_final=False,
    ),
    Kind(
        "usage/target",
        "There is no such kind of address",
        "Name a folder, or an address such as s3://bucket/path or sftp://user@host/path",
        phrases=("protocol not known",),
    ),
    Kind(
        "output/driver",
        "Missing driver",
        "Install it",
        types=(ImportError,),
    ),
    Kind(
        "output/credentials",
        "The server's key is another than the one known of it",
        "Ask whoever runs it; then mend `~/.ssh/known_hosts`, or `.kitabat/known_hosts` of the publication",
        names=frozenset({"HostKeyError"}),
    ),
    Kind(
        "output/credentials",
        "The server's certificate is none that this machine trusts, or is another server's",
        "Ask whoever runs it for the right name, or for a certificate that is valid",
        types=(ssl.SSLCertVerificationError,),
        names=frozenset({"ClientConnectorCertificateError"}),
        phrases=("certificate verify failed",),
    ),
    Kind(
        "output/credentials",
        "The target does not accept the credentials",
        "Give the driver right ones, in its own files or variables of the environment, or with --option",
        names=CREDENTIALS,
        phrases=("access key id", "signature we calculated", "530 ", "no authentication methods available"),
    ),
    Kind(
        "output/permission",
        "The target does not permit it",
        "Ask whoever runs it for the right to read, write and delete there",
        types=(PermissionError,),
        names=frozenset({"error_perm", "Forbidden"}),
        numbers=frozenset({errno.EPERM, errno.EROFS}),
    ),
    Kind(
        "output/full",
        "The target is full",
        "Make room there",
        numbers=frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}),
        phrases=("no space left", "quota exceeded", "quotaexceeded"),
    ),
    Kind(
        "output/target",
        "There is a file where a folder must be, or a folder where a file must be",
        "Take it away, or choose another target",
        types=(NotADirectoryError, IsADirectoryError, FileExistsError),
    ),
    Kind(
        "output/target",
        "There is no such bucket or folder",
        "Make it, or mend the address",
        types=(FileNotFoundError,),
    ),
    Kind(
        "output/target",
        "It cannot be written to in this way",
        "Choose another target",
        types=(NotImplementedError, io.UnsupportedOperation),
        numbers=frozenset({errno.ENAMETOOLONG, errno.ENOSYS, errno.EINVAL, errno.ELOOP}),
    ),
    Kind(
        "usage/target",
        "The driver does not understand the address or an option",
        "Mend the address, or what --option says",
        types=(TypeError, ValueError),
        names=frozenset({"ParamValidationError"}),
    ),
    Kind(
        "output/target",
        "There is no such host",
        "Mend the address, or look whether this machine is on the network",
        names=frozenset({"gaierror", "ClientConnectorDNSError"}),
        is_final=False,
    ),
)
"""The first that fits is told."""
NETWORK = Kind("output/network", "The target cannot be reached", "Wait, or look at the network", is_final=False)


def kind_of(fault: BaseException) -> Kind:
    """Return the kind of a fault; what nothing else is known of counts as the network's.

    >>> kind_of(PermissionError("no")).rule, kind_of(ConnectionResetError("reset")).rule
    ('output/permission', 'output/network')
    """
    return next((kind for kind in KINDS if kind.fits(fault)), NETWORK)


def is_final(fault: BaseException) -> bool:
    """Tell whether it is of no use to try again.

    >>> is_final(OSError(errno.ENOSPC, "No space left on device")), is_final(TimeoutError())
    (True, False)
    """
    return kind_of(fault).is_final


def told(fault: BaseException, address: Address, path: str = "", after: str = "") -> Diagnostic:
    """Return a fault as a diagnostic; ``path`` is the file in work, ``after`` what to say at the end of the hint."""
    kind = kind_of(fault)
    said = address.without_secrets(" ".join(str(fault).split()))[:LONGEST]
    of = f" (`{path}`)" if path else ""
    if isinstance(fault, OSError) and fault.strerror:
        said = address.without_secrets(fault.strerror)
    reason = said or type(fault).__name__
    hint = _driver(address) if isinstance(fault, ImportError) else kind.hint
    return error(kind.rule, f"{kind.words}{of}: {reason}", Location(str(address)), f"{hint}{after}")


def _driver(address: Address) -> str:
    """Return how to install the driver of a protocol."""
    extra = EXTRAS.get(address.protocol)
    return f"Install it: pip install 'kitabat[{extra}]'" if extra else "Install what is named beside the toolkit"
