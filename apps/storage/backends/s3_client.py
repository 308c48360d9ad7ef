"""One S3 server as boto3 speaks to it, and its errors in our words."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
)

from apps.common.errors import PortalError
from apps.storage.backends.per_process import PerProcess
from apps.storage.backends.s3_quick import QuickObjects
from apps.storage.errors import (
    AccessDenied,
    Changed,
    ChecksumMismatch,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    NotAFile,
    NotAFolder,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)

MOST_CONNECTIONS = 64


class PastTheEnd(Unsupported):
    """The range begins behind the last byte of the file. Ask for one within it."""


class NoSuchUpload(Changed):
    """The storage does not know this upload any more. Begin anew."""


_WORDS: dict[type[PortalError], str] = {
    NoSuchFile: "NoSuchKey 404 NotFound",
    NotAFile: "XMinioObjectExistsAsDirectory ExistingObjectIsDirectory",
    NotAFolder: "XMinioParentIsObject ObjectParentIsFile",
    NoSuchUpload: "NoSuchUpload",
    PastTheEnd: "InvalidRange 416",
    Changed: "PreconditionFailed ConditionalRequestConflict 412 409",
    ChecksumMismatch: "BadDigest InvalidDigest InvalidPart InvalidPartOrder IncompleteBody "
    "XAmzContentSHA256Mismatch XAmzContentChecksumMismatch",
    QuotaExceeded: "QuotaExceeded InsufficientStorage XMinioStorageFull XMinioAdminBucketQuotaExceeded 507",
    AccessDenied: "AccessDenied AllAccessDisabled MethodNotAllowed InvalidObjectState 403",
    SignInFailed: "InvalidAccessKeyId SignatureDoesNotMatch ExpiredToken InvalidToken AuthFailure NotSignedUp 401",
    IllegalPath: "KeyTooLongError InvalidURI InvalidObjectName XMinioInvalidObjectName XMinioInvalidResourceName",
    InvalidCollection: "NoSuchBucket InvalidBucketName PermanentRedirect AuthorizationHeaderMalformed",
    StorageAway: "InternalError ServiceUnavailable SlowDown RequestTimeout RequestTimeTooSkewed ThrottlingException",
}
ERRORS = {code: error for error, codes in _WORDS.items() for code in codes.split()}
"""What the codes of the servers mean: AWS's own, and those of MinIO, Ceph and gateways over file systems. The numbers
are what botocore makes of an answer without a body, such as every refused HEAD."""


class S3Client:
    def __init__(
        self, *, bucket: str, endpoint_url: str, region: str, path_style: bool, verify_tls: bool, keys: dict[str, str]
    ) -> None:
        self.bucket = bucket
        self._boto = PerProcess(self._make)
        self._quick = PerProcess(lambda: QuickObjects(self.boto, bucket, keys))
        self._asked = {
            "endpoint_url": endpoint_url or None,
            "region_name": region,
            "verify": None if verify_tls else False,
            "config": Config(
                # Without keys nothing is signed: those of the machine that the portal runs on are nobody's to use.
                signature_version="s3v4" if keys else UNSIGNED,
                s3={"addressing_style": "path" if path_style else "auto"},
                retries={"mode": "standard", "total_max_attempts": 4},
                connect_timeout=10,
                read_timeout=60,
                max_pool_connections=MOST_CONNECTIONS,
                ignore_configured_endpoint_urls=True,
                # Gateways take newer checksums and look at none of them (FILES §2); MD5 is sent and met everywhere.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        } | keys

    def call(self, verb: str, **asked: Any) -> dict[str, Any]:
        """One request about the bucket, by the name of boto3's method.

        Raises:
            PortalError: one of those in ``ERRORS``.
        """
        try:
            answer: dict[str, Any] = getattr(self.boto, verb)(Bucket=self.bucket, **asked)
        except (BotoCoreError, ClientError) as error:
            raise self.in_our_words(error) from error
        return answer

    def in_our_words(self, error: Exception) -> PortalError:
        if isinstance(error, ClientError):
            return self._refused(error.response)
        if isinstance(error, NoCredentialsError | PartialCredentialsError):
            return SignInFailed()
        if isinstance(error, ParamValidationError):
            return InvalidCollection(f"The bucket or a key is not as S3 takes it: {error}")
        return StorageAway(f"The S3 storage cannot be reached now: {error}. Try again in a little while.")

    def _refused(self, answer: Any) -> PortalError:
        code, said = str(answer["Error"].get("Code", "")), str(answer["Error"].get("Message", ""))
        # Gateways over a file system say only in words that a name is taken by the other kind.
        if "is a directory" in said:
            return NotAFile()
        if "not a directory" in said:
            return NotAFolder()
        known = ERRORS.get(code)
        if known is InvalidCollection:
            return known(f"The bucket “{self.bucket}” cannot be used: {said or code}. Correct the collection.")
        if known is not None:
            return known()
        status = answer["ResponseMetadata"].get("HTTPStatusCode", 500)
        if status >= 500 or status == 429:
            return StorageAway()
        return Unsupported(f"The S3 storage refuses this: {code}: {said}")

    @property
    def boto(self) -> Any:
        return self._boto.get()

    def _make(self) -> Any:
        session = botocore.session.get_session()
        session.register_component("data_loader", _loader())
        session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=_instant)
        client = boto3.session.Session(botocore_session=session).client("s3", **self._asked)
        client.meta.events.register("request-created.s3", _at_once)
        return client

    @property
    def quick(self) -> QuickObjects:
        """For objects one by one, as many as there may be."""
        return self._quick.get()

    def close(self) -> None:
        if client := self._boto.made:
            client.close()


@cache
def _loader() -> Any:
    """Of what S3 is, which is a megabyte of JSON. Each session reads that anew: most of the time of making a client."""
    return botocore.session.get_session().get_component("data_loader")


def _instant(told: str) -> datetime:
    """The two ways in which S3 writes times. botocore guesses at any: that is half of the time of a listing."""
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return parsedate_to_datetime(told)


def _at_once(request: Any, **_: object) -> None:
    """Leave out ``Expect: 100-continue``: pieces are small, so to ask first costs a way there and back for nothing."""
    if "Expect" in request.headers:
        del request.headers["Expect"]
