"""The standards that a PDF declares itself to keep, alone or two together.

WeasyPrint makes a PDF for one standard. PDF/UA asks for tags and a declaration, PDF/A for colours, flags and a
declaration: both together are WeasyPrint's PDF/A with the other declaration added to its metadata (XMP), and with the
description of that declaration, as PDF/A asks wherever it does not know a property itself.
"""

from __future__ import annotations

from typing import Any

ACCESSIBLE, ARCHIVABLE = "pdf/ua-", "pdf/a-"
END = b"</rdf:RDF>"
DECLARATION = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def rendered_as(standards: tuple[str, ...]) -> str | None:
    """Return the one standard that WeasyPrint is asked for; None for none.

    >>> rendered_as(("pdf/ua-1", "pdf/a-2a")), rendered_as(("pdf/ua-1",)), rendered_as(())
    ('pdf/a-2a', 'pdf/ua-1', None)
    """
    return min(standards, key=lambda one: one.startswith(ACCESSIBLE), default=None)


def archivable(standards: tuple[str, ...]) -> bool:
    """Tell whether PDF/A is among the standards.

    >>> archivable(("pdf/ua-1", "pdf/a-2a")), archivable(("pdf/ua-1",))
    (True, False)
    """
    return any(one.startswith(ARCHIVABLE) for one in standards)


def declare(pdf: Any, standards: tuple[str, ...]) -> None:
    """Make a PDF made for one standard keep all that are asked for, and say so."""
    if archivable(standards):
        _as_they_are(pdf)
    _declare_accessible(pdf, standards)


def _as_they_are(pdf: Any) -> None:
    """Have pictures shown without samples between those they have, which PDF/A forbids and WeasyPrint 70 asks for."""
    for stream in pdf.objects:
        for picture in (stream, getattr(stream, "extra", {}).get("SMask")):
            if "Interpolate" in (extra := getattr(picture, "extra", {})):
                extra["Interpolate"] = "false"


def _declare_accessible(pdf: Any, standards: tuple[str, ...]) -> None:
    """Add to the metadata of a PDF made for one standard that it keeps PDF/UA-1 as well, where both are asked for."""
    if "pdf/ua-1" not in standards or rendered_as(standards) == "pdf/ua-1":
        return
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (packet,) = metadata.stream
    before, end, after = packet.rpartition(END)
    metadata.stream = [before + DECLARATION + end + after]
