"""What a cluster over TLS needs on this machine, before anything is connected: a library would only wait in vain."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from kitabat.model.diagnostic import error
from kitabat.model.errors import PublishingError

NEEDED = ("ca-file", "client.cert")
"""Settings of the library without which there is no TLS."""


def see_to_encryption(address: str, setting: Callable[..., Any]) -> None:
    """Raise PublishingError where a cluster cannot be spoken to as its address says, by the library's settings."""
    if address.startswith("tcp:"):
        if setting("distributed.comm.require-encryption", None):
            message = f"Unexpected `{address}`, expected tls://HOST:PORT, as encryption is required"
            hint = "Give that address, or take DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION away"
            raise PublishingError(error("cluster/certificates", message, hint=hint))
        return
    files = {name: setting(f"distributed.comm.tls.{name}", None) for name in NEEDED}
    hint = "Set DASK_DISTRIBUTED__COMM__TLS__CA_FILE and the client's certificate and key (see docs/cluster.md)"
    if not all(files.values()):
        message = f"Unexpected `{address}` without certificates"
        raise PublishingError(error("cluster/certificates", message, hint=hint))
    for name, file in files.items():
        if not os.access(file, os.R_OK):
            message = f"Cannot read `{file}`, which the setting `distributed.comm.tls.{name}` names"
            raise PublishingError(error("cluster/certificates", message, hint=hint))
