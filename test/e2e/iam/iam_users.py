"""Makes IAM users with one policy each, and gives roles one more policy. Input and output are JSON.

{"users": {name: policy}, "roles": {name: policy}} -> {name of a user: {"id": access key, "secret": secret}}
"""

import json
import sys

import botocore.session

iam = botocore.session.get_session().create_client("iam")
wanted = json.load(sys.stdin)

for role, policy in wanted["roles"].items():
    iam.put_role_policy(RoleName=role, PolicyName="judged", PolicyDocument=json.dumps(policy))

keys = {}
for user, policy in wanted["users"].items():
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="documented", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=user)["AccessKey"]
    keys[user] = {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
print(json.dumps(keys))
