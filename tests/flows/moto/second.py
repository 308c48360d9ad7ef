"""The second interpreter: moto's, driven in process and without its clock.

It knows no JSONata (its own wants a Java machine), so it is lent the library that ours uses: what is compared there is
how the states handle it. Its one task is that of ``double.py``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.jsonata import jsonata as queries
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor
from moto.stepfunctions.parser.backend.execution import SyncExecution

_recursion_limit = sys.getrecursionlimit()
import jsonata  # noqa: E402 - it sets the limit of the whole process, which other tests speak of

sys.setrecursionlimit(_recursion_limit)

from tests.flows.moto.cases import BUCKET, KEY  # noqa: E402
from tests.flows.moto.double import Failed, answer  # noqa: E402
from tests.flows.moto.ended import Ended  # noqa: E402

_ARN = "arn:aws:states:us-east-1:000000000000"


def run(definition: dict[str, Any], given: Any, file: str | None = None) -> Ended:
    """What it makes of a definition; ``REFUSED`` is what it cannot read, ``CRASHED`` is an error of its own. The file
    is in a bucket."""
    text = json.dumps(definition)
    try:
        AmazonStateLanguageParser.parse(text)
    except Exception:  # it says so by many kinds
        Preprocessor._query_language_per_scope.clear()  # what it has not finished, it takes for part of the next
        return Ended(status="REFUSED")
    with _bucket_with(file), _without_waiting() as pauses:
        made = _execution(text, given)
        try:
            made.start()
        except Exception as error:  # pytest would stop here, and say nothing of the difference
            return Ended(status="CRASHED", cause=repr(error))
    told = {"output": made.output, "error": made.error or "", "cause": made.cause or ""}
    return Ended.of(status=made.status, pauses=pauses, **told)


def _execution(text: str, given: Any) -> SyncExecution:
    machine = SimpleNamespace(arn=f"{_ARN}:stateMachine:m", name="a flow", sm_type="STANDARD", definition=text)
    return SyncExecution(
        name="a run",
        sm_type="STANDARD",
        role_arn="arn:aws:iam::000000000000:role/r",
        exec_arn=f"{_ARN}:execution:m:x",
        account_id="000000000000",
        region_name="us-east-1",
        state_machine=machine,
        start_date=datetime.now(UTC),
        cloud_watch_logging_session=None,
        activity_store={},
        input_data=json.dumps(given),
    )


@contextmanager
def _bucket_with(file: str | None) -> Iterator[None]:
    if file is None:
        yield
        return
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="s")
        s3.create_bucket(Bucket=BUCKET)
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=file.encode())
        yield


@contextmanager
def _without_waiting() -> Iterator[list[float]]:
    """Nothing waits; how long it would have is noted."""
    pauses: list[float] = []

    def pause(_self: Any, env: Any, wait_seconds: float) -> None:
        pauses.append(wait_seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retrier_decl, "time", SimpleNamespace(sleep=pauses.append))
        patch.setattr(WaitFunction, "_wait_interval", pause)
        patch.setattr(queries, "_eval_jsonata", _query)
        patch.setattr(lambda_eval_utils, "execute_lambda_function_integration", _task())
        yield pauses


def _query(text: str) -> Any:
    try:
        return json.loads(json.dumps(jsonata.Jsonata(text).evaluate(None)))
    except Exception as error:
        raise queries.JSONataException("UNKNOWN", str(error)) from error


def _task() -> Callable[..., None]:
    """In the place of a function in the cloud. A new one for each run: it counts how often it was asked."""
    asked: dict[str, int] = {}

    def work(env: Any, parameters: dict[str, Any], **_more: Any) -> None:
        try:
            env.stack.append({"Payload": answer(json.loads(parameters["Payload"]), asked)})
        except Failed as failed:
            name = StatesErrorName(StatesErrorNameType.StatesTaskFailed)
            told = {"lambdaFunctionFailedEventDetails": {"error": "States.TaskFailed", "cause": str(failed)}}
            raise FailureEventException(FailureEvent(env, name, "LambdaFunctionFailed", told)) from failed

    return work
