"""Objects asked for without what boto3 does around a request, which takes three times the processor time of the rest.

Signed by botocore's signer and sent over the connections of boto3's client, of objects in plain buckets alone. Only a
success is understood here. Whatever else comes of it, the same is asked again by boto3, which knows what it means, when
to try again, and where a bucket went.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError
from botocore.response import StreamingBody

_PLAIN = re.compile(r"[a-z0-9.-]{3,63}(?<!--x-s3)")
"""No access point, and no directory bucket: these are signed in other ways."""
_SUCCESSES = {200, 206}


class QuickObjects:
    """For one client of boto3. ``keys`` are as boto3 takes them; without any, nothing is signed."""

    def __init__(self, boto: Any, bucket: str, keys: Mapping[str, str]) -> None:
        self._boto = boto
        self._signer = S3SigV4Auth(Credentials(*keys.values()), "s3", boto.meta.region_name) if keys else None
        self._is_plain = _PLAIN.fullmatch(bucket) is not None
        if self._is_plain:
            named = boto.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
            self._base = named.split("?")[0].removesuffix("k")

    def get(self, key: str, asked: Mapping[str, str]) -> StreamingBody | None:
        """The object, still to be read; None if it has to be asked for by boto3."""
        answer = self._sent("GET", key, asked)
        if answer is None:
            return None
        return StreamingBody(answer.raw, answer.headers.get("Content-Length"))

    def put(self, key: str, data: bytes, asked: Mapping[str, str]) -> dict[str, Any] | None:
        """What boto3 would tell of the new object, as far as somebody asks; None if boto3 has to write it."""
        answer = self._sent("PUT", key, asked, data)
        if answer is None:
            return None
        told = answer.headers
        answer.content  # noqa: B018 - read to its end, so that the connection can be used again
        return {
            "ETag": told.get("ETag", ""),
            "ServerSideEncryption": told.get("x-amz-server-side-encryption", ""),
            "ResponseMetadata": {"HTTPHeaders": told},
        }

    def _sent(self, verb: str, key: str, asked: Mapping[str, str], data: bytes | None = None) -> Any:
        if not self._is_plain:
            return None
        request = AWSRequest(method=verb, url=self._base + quote(key, safe="/~"), headers=dict(asked), data=data)
        if self._signer:
            self._signer.add_auth(request)
        prepared = request.prepare()
        prepared.stream_output = verb == "GET"
        try:
            # The client's own connections: no other name leads to them, with its proxies, certificates and timeouts.
            answer = self._boto._endpoint.http_session.send(prepared)
        except BotoCoreError:
            return None
        if answer.status_code in _SUCCESSES:
            return answer
        answer.content  # noqa: B018 - as above
        return None
