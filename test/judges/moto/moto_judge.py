"""Starts moto's server as a judge of state machines, with what moto leaves out or would take hours for.

moto has the interpreter of LocalStack. Its JSONata is a stub, which is jsonata-python here. Its clock is the machine's; here
it jumps over each wait of a state and of a retry, so that a definition runs as it is deployed. A task's time-out is waited
for, in a ninth of its time.
"""

import datetime
import sys
import threading
import types

import time_machine
from jsonata.jsonata import Jsonata
from moto.server import main
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec import execute_state
from moto.stepfunctions.parser.asl.component.state.wait.wait_function import wait_function
from moto.stepfunctions.parser.asl.jsonata import jsonata

TIMEOUTS_ARE_SHORTER = 9


def evaluate(expression):
    """moto writes `$states`, and what Step Functions adds to the language, in front of the expression."""
    return Jsonata.jsonata(expression).evaluate(None)


class ShortWait(threading.Event):
    """Waited for with a time-out only where a task is waited for."""

    def wait(self, timeout=None):
        if timeout is None or super().wait(timeout / TIMEOUTS_ARE_SHORTER):
            return True
        clock.shift(timeout)
        return False


def jump(seconds):
    if seconds > 0:
        clock.shift(seconds)


jsonata._eval_jsonata = evaluate
retrier_decl.time = types.SimpleNamespace(sleep=jump)
wait_function.WaitFunction._wait_interval = lambda self, env, wait_seconds: jump(wait_seconds)
execute_state.threading = types.SimpleNamespace(Event=ShortWait)

clock = time_machine.travel(datetime.datetime.now(datetime.timezone.utc), tick=True).start()
main(sys.argv[1:])
