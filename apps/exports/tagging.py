"""What WeasyPrint's tags lack of PDF/UA-1 and PDF/A, put right before the file is written. Used by
render.py and fragments.py, so that a plan in parts and one in one piece are tagged alike.

tests/exports/test_standards.py holds the files to independent checkers.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

PRINTED = 4  # the flag of an annotation that paper shows as the screen does
GROUPS = ("/Div", "/NonStruct")
# The file is both: PDF/A wants a schema of every property that is not its own.
ALSO_ACCESSIBLE = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
END_OF_METADATA = b"</rdf:RDF>"


def mend(document: Any, pdf: pydyf.PDF) -> None:
    """A finisher of WeasyPrint: called with all objects made and none written."""
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    elements = list(below(pdf, at(pdf, root["K"][0])))
    for element in elements:
        if element["S"] == "/L":
            name_items(pdf, element)
        elif element["S"] == "/Table":
            name_headers(pdf, element)
    drop_links_in_links(pdf, root, elements)
    drop_empty_spans(pdf, elements)
    leave_out_what_is_in_no_element(pdf, root)
    for made in pdf.objects:
        if isinstance(made, pydyf.Dictionary) and made.get("Subtype") == "/Link":
            made["F"] = PRINTED
        elif isinstance(made, pydyf.Stream) and made.extra.get("Type") == "/Metadata":
            declare_both(made)
    if "AF" in pdf.catalog:
        # WeasyPrint names each attachment twice.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def at(pdf: pydyf.PDF, reference: Any) -> Any:
    return pdf.objects[int(reference.split()[0])]


def kids(pdf: pydyf.PDF, element: Any) -> list[Any]:
    """The elements right below; not the texts, nor the links' objects."""
    found = [at(pdf, kid) for kid in element["K"] if not isinstance(kid, int)]
    return [kid for kid in found if "S" in kid]


def below(pdf: pydyf.PDF, element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(pdf, element):
        yield from below(pdf, kid)


# --- Lists ----------------------------------------------------------------------------------------
def name_items(pdf: pydyf.PDF, element: Any) -> None:
    """A name and its text in a box are one item with a label; WeasyPrint makes a group of two.
    The space between two boxes is none."""
    items = {kid.reference for kid in kids(pdf, element) if kid["S"] != "/Span"}
    element["K"] = pydyf.Array(kid for kid in element["K"] if kid in items)
    for group in kids(pdf, element):
        if group["S"] not in GROUPS:
            continue
        group["S"] = "/LI"
        items = kids(pdf, group)
        for number, item in enumerate(items):
            # Alone it is the rest of a text that began on the page before.
            item["S"] = "/Lbl" if number == 0 and len(items) > 1 else "/LBody"
            for body in kids(pdf, item):
                if body["S"] == "/LBody":
                    body["S"] = "/NonStruct"


# --- Tables ---------------------------------------------------------------------------------------
def name_headers(pdf: pydyf.PDF, table: Any) -> None:
    """Whether a header stands for its column or its row: WeasyPrint only writes the ids."""
    for group in kids(pdf, table):
        in_head = group["S"] == "/THead"
        for row in kids(pdf, group) if group["S"] != "/TR" else [group]:
            cells = kids(pdf, row)
            of_columns = in_head or all(cell["S"] == "/TH" for cell in cells)
            for cell in cells:
                if cell["S"] == "/TH":
                    cell["A"]["Scope"] = "/Column" if of_columns else "/Row"


# --- Links ----------------------------------------------------------------------------------------
def drop_links_in_links(pdf: pydyf.PDF, root: Any, elements: list[Any]) -> None:
    """WeasyPrint makes a link of each element in a link, over a part of the same place."""
    dropped = set()
    for element in elements:
        if element["S"] == "/Link":
            continue
        inner = {kid for kid in element["K"] if not isinstance(kid, int) and is_link(pdf, kid)}
        dropped |= {at(pdf, kid)["Obj"] for kid in inner}
        if inner:
            element["K"] = pydyf.Array(kid for kid in element["K"] if kid not in inner)
    if not dropped:
        return
    gone = {at(pdf, link)["StructParent"] for link in dropped}
    tree = at(pdf, root["ParentTree"])
    kept = {
        number: owner
        for number, owner in zip(tree["Nums"][::2], tree["Nums"][1::2], strict=True)
        if number not in gone
    }
    renumbered = {number: new for new, number in enumerate(kept)}
    tree["Nums"] = pydyf.Array(
        item for number, owner in kept.items() for item in (renumbered[number], owner)
    )
    for made in pdf.objects:
        for key in ("StructParents", "StructParent") if isinstance(made, pydyf.Dictionary) else ():
            if made.get(key) in renumbered:
                made[key] = renumbered[made[key]]
        if isinstance(made, pydyf.Dictionary) and "Annots" in made:
            made["Annots"] = pydyf.Array(one for one in made["Annots"] if one not in dropped)


def is_link(pdf: pydyf.PDF, kid: Any) -> bool:
    made = at(pdf, kid)
    return made.get("Type") == "/OBJR" and at(pdf, made["Obj"]).get("Subtype") == "/Link"


# --- What is nothing to read ----------------------------------------------------------------------
def drop_empty_spans(pdf: pydyf.PDF, elements: list[Any]) -> None:
    """The innermost are last, so one that holds nothing but empty ones goes with them."""
    for element in reversed(elements):
        empty = {
            kid.reference for kid in kids(pdf, element) if kid["S"] == "/Span" and not kid["K"]
        }
        if empty:
            element["K"] = pydyf.Array(kid for kid in element["K"] if kid not in empty)


def leave_out_what_is_in_no_element(pdf: pydyf.PDF, root: Any) -> None:
    """Running heads, not to be read on every page, and spaces: WeasyPrint marks them like text."""
    read = {element.reference for element in below(pdf, at(pdf, root["K"][0]))}
    numbers = at(pdf, root["ParentTree"])["Nums"]
    marks = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in pdf.objects:
        if not isinstance(page, pydyf.Dictionary) or page.get("Type") != "/Page":
            continue
        owners = marks[page["StructParents"]]
        unread = {mcid for mcid, owner in enumerate(owners) if owner not in read}
        owners[:] = ["null" if mcid in unread else owner for mcid, owner in enumerate(owners)]
        make_artifacts(at(pdf, page["Contents"]).stream, unread)


def make_artifacts(operators: list[Any], unread: set[int]) -> None:
    last = max((mcid_of(operator) for operator in operators), default=-1)
    for number, properties in enumerate(operators):
        mcid = mcid_of(properties)
        if mcid in unread:
            operators[number - 1] = "/Artifact"
            # Margin boxes are drawn last.
            running = unread.issuperset(range(mcid, last + 1))
            operators[number] = pydyf.Dictionary({"Type": "/Pagination"} if running else {})


def mcid_of(operator: Any) -> int:
    return operator.get("MCID", -1) if isinstance(operator, pydyf.Dictionary) else -1


# --- Metadata -------------------------------------------------------------------------------------
def declare_both(metadata: pydyf.Stream) -> None:
    [text] = metadata.stream
    if b"pdfuaid:part" not in text:
        metadata.stream = [text.replace(END_OF_METADATA, ALSO_ACCESSIBLE)]
