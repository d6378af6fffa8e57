"""Checks the library of forms and runs its cases: python -m followups.protocols.check"""

import sys

from followups.protocols.cases import load_cases
from followups.protocols.json_schema import json_schema
from followups.protocols.library import ProtocolError, editions
from followups.protocols.twin import browser_rules


def main() -> int:
    try:
        forms = editions()
    except ProtocolError as error:
        print(error, file=sys.stderr)
        return 1
    for form in forms:
        json_schema(form)
        browser_rules(form.key)
        print(f"{form.key}: {len(form.fields)} fields, {len(form.tables)} code tables")
    return _run_cases()


def _run_cases() -> int:
    cases = load_cases()
    wrong = [(case, faults) for case in cases if (faults := case.differences(case.run().as_json()))]
    for case, faults in wrong:
        print(f"{case.file}: {case.name}: {'; '.join(faults)}", file=sys.stderr)
    print(f"{len(cases)} cases, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
