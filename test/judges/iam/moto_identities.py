"""Asks moto's evaluator of identity policies. Input and output are JSON: cases, and for each whether it is allowed.

Moto knows neither conditions of identity policies nor policies of resources, so a case has statements without conditions.
"""

import json
import sys

from moto.iam.access_control import IAMPolicy, PermissionResult


def is_allowed(case: dict) -> bool:
    document = json.dumps({"Version": "2012-10-17", "Statement": case["statements"]})
    result = IAMPolicy(document).is_action_permitted(case["action"], case["resource"])
    return result == PermissionResult.PERMITTED


print(json.dumps([is_allowed(case) for case in json.load(sys.stdin)]))
