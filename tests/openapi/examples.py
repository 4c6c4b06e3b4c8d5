"""Every example in an OpenAPI document has to fit its schema: examples.py DOCUMENT"""

import json
import sys

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def examples(node, place=""):
    """Yields every example, with its place and its schema."""
    if isinstance(node, dict):
        if "example" in node and "schema" in node:
            yield place, node["schema"], node["example"]
        for key, inner in node.items():
            if key not in ("example", "schema"):
                yield from examples(inner, f"{place}/{key}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from examples(inner, f"{place}/{index}")


def absolute(node):
    """Returns a copy whose references name the document that they lead into."""
    if isinstance(node, dict):
        return {
            key: f"document:{inner}" if key == "$ref" else absolute(inner)
            for key, inner in node.items()
        }
    if isinstance(node, list):
        return [absolute(inner) for inner in node]
    return node


with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
resource = Resource(absolute(document), DRAFT202012)
registry = Registry().with_resource("document:", resource)
count, mistakes = 0, []
for place, schema, example in examples(document["paths"]):
    count += 1
    validator = Draft202012Validator(
        absolute(schema), registry=registry, format_checker=FormatChecker()
    )
    mistakes += [f"{place}: {error.message}" for error in validator.iter_errors(example)]
for mistake in mistakes:
    print(mistake)
operations = sum(
    method in operation
    for operation in document["paths"].values()
    for method in ("get", "post", "put", "patch", "delete")
)
print(f"{count} examples for {operations} operations")
sys.exit(bool(mistakes) or count < operations)
