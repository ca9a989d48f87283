"""Has the AWS CLI read commands, without sending any. Input is a JSON list of argument lists; output, those that it refuses and why."""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

refused = []
for arguments in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            status = create_clidriver().main([*arguments, "--generate-cli-skeleton", "input"])
        except SystemExit as exit:
            status = exit.code
    if status != 0:
        refused.append([arguments, said.getvalue()])
json.dump(refused, sys.stdout)
