"""The parts list of a release (SBOM, CycloneDX 1.6) from the lock files: `python -m supply.bill > jenjang.cdx.json`."""

from collections.abc import Iterable
from importlib.metadata import version

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from supply.inventory import Part, parts
from supply.licences import LIST, Terms, licence_of, terms


def bill(known: Iterable[Part], agreed: Terms, release: str) -> str:
    """The text of the file. What only builds and tests is in it too, marked as not part of what runs."""
    jenjang = Component(type=ComponentType.APPLICATION, name="jenjang", version=release, bom_ref="jenjang")
    components = [_component(one, licence_of(one, agreed)) for one in known]
    made = Bom(components=components)
    made.metadata.component = jenjang
    made.register_dependency(jenjang, components)
    return JsonV1Dot6(made).output_as_string(indent=2)


def _component(part: Part, licence: str) -> Component:
    address = PackageURL(part.source, *_places(part.name), part.version)
    return Component(
        name=part.name,
        version=part.version,
        purl=address,
        bom_ref=address.to_string(),
        type=ComponentType.LIBRARY,
        scope=ComponentScope.REQUIRED if part.shipped else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(licence)] if licence else (),
    )


def _places(name: str) -> tuple[str | None, str]:
    """npm groups some packages under the name of their makers (@popperjs/core)."""
    group, _, own = name.rpartition("/")
    return group or None, own


if __name__ == "__main__":
    print(bill(parts(), terms(LIST.read_text()), version("jenjang")))
