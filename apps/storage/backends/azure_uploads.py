"""Large files of Azure Blob: blocks of a hidden blob, which becomes the file when it is whole.

Azure keeps the blocks that wait by the name of their blob, and forgets them when anybody writes another blob of this
name. So each upload has a hidden name of its own, and what it made is copied to its place within Azure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from operator import attrgetter

from azure.core import MatchConditions
from azure.storage.blob import BlobBlock, BlobClient, BlobProperties, ContentSettings

from apps.storage.backends.azure_client import AzureClient, in_our_words
from apps.storage.backends.azure_objects import Block, bare, blob_name, block_id, entry_of, md5_header
from apps.storage.backends.hidden import HIDDEN, new_token
from apps.storage.backends.object_keys import time_metadata
from apps.storage.errors import Changed, ChecksumMismatch, NoSuchFile
from apps.storage.types import Entry, Features, FilePath, Receipt, Upload, chunks_of

KNOWN_BY = "upload"
"""The metadata by which a commit that is asked for again knows its own file."""
BYTES = ContentSettings(content_type="application/octet-stream")
NOTHING = Receipt(0, 0, hashlib.md5(b"", usedforsecurity=False).hexdigest())
"""The one piece of an empty file. Azure has no empty blocks: an empty blob stands for it."""
LARGEST_COPY = 256 << 20
"""What Azure copies at once, so that nobody sees half of it. Larger blobs are copied in blocks of this size."""
COPIED_AT_ONCE = 8
COPY_PATIENCE_S = 600
"""Azure answers nothing until it has copied."""
TRIES = 3
SOURCE_LASTS_S = 24 * 3600


class AzureUploads:
    """The parts of ``AzureStorage`` about blocks."""

    features: Features
    azure: AzureClient

    def begin(self, path: FilePath, size: int, *, chunk_size: int, modified_at: datetime | None = None) -> Upload:
        blob_name(path)
        least = max(chunk_size, self.features.chunk_size, -(-size // self.features.most_chunks))
        return Upload(path, size, least, {KNOWN_BY: new_token()} | time_metadata(modified_at))

    def write_chunk(self, upload: Upload, number: int, data: bytes) -> Receipt:
        digest = hashlib.md5(data, usedforsecurity=False)
        part = self._hidden(upload)
        with in_our_words():
            if data:
                named = block_id(number, digest.hexdigest(), datetime.now(UTC))
                part.stage_block(named, data, len(data), headers=md5_header(digest.digest()))
            else:
                part.commit_block_list([])
        return Receipt(number, len(data), digest.hexdigest())

    def chunks(self, upload: Upload) -> Mapping[int, Receipt]:
        return {receipt.number: receipt for receipt in self._held(upload)}

    def _held(self, upload: Upload) -> dict[Receipt, str]:
        """The ids of the blocks, by what they are. There may be several of one number: the last came last."""
        try:
            with in_our_words():
                committed, waiting = self._hidden(upload).get_block_list("all")
        except NoSuchFile:
            return {}
        if not upload.size:
            return {NOTHING: ""}
        blocks = [Block.parse(str(block.id), block.size) for block in [*committed, *waiting]]
        return {block.receipt: block.id for block in sorted(blocks, key=attrgetter("at"))}

    def commit(
        self,
        upload: Upload,
        receipts: Mapping[int, Receipt],
        *,
        modified_at: datetime | None = None,
        verify: bool = True,
    ) -> Entry:
        """Each block was compared with its MD5 when it arrived, and has this in its name: whatever ``verify`` says, the
        file is made of just those of the receipts."""
        lengths = {number: length for number, _, length in chunks_of(upload.size, upload.chunk_size)}
        sizes = {number: receipt.size for number, receipt in receipts.items()}
        held = self._held(upload)
        are_own = all(receipt.number == number for number, receipt in receipts.items())
        if sizes != lengths or not are_own or not held.keys() >= set(receipts.values()):
            return self._done_before(upload)
        ids = [held[receipts[number]] for number in sorted(receipts)]
        try:
            self._put_in_place(upload, ids, upload.state | time_metadata(modified_at))
        except NoSuchFile:  # another process was faster
            return self._done_before(upload)
        entry = entry_of(upload.path, self.properties(blob_name(upload.path)))
        self.abort(upload)
        return entry

    def _put_in_place(self, upload: Upload, ids: list[str], metadata: dict[str, str]) -> None:
        part = self._hidden(upload)
        if upload.size:
            with in_our_words():
                part.commit_block_list([BlobBlock(named) for named in ids], content_settings=BYTES)
        whole = self.properties(part.blob_name)
        if whole.size != upload.size:
            raise ChecksumMismatch
        self.copy_blob(whole, blob_name(upload.path), metadata)

    def _done_before(self, upload: Upload) -> Entry:
        with suppress(NoSuchFile):
            blob = self.properties(blob_name(upload.path))
            if blob.metadata.get(KNOWN_BY) == upload.state[KNOWN_BY]:
                self.abort(upload)
                return entry_of(upload.path, blob)
        raise ChecksumMismatch("The storage has other pieces than these. Send those that it lacks.")

    def abort(self, upload: Upload) -> None:
        """Azure deletes no blocks that wait: they are made to be a blob, of none of them, and this is deleted."""
        part = self._hidden(upload)
        with suppress(NoSuchFile), in_our_words():
            part.delete_blob()
            return
        with suppress(NoSuchFile), in_our_words():
            part.get_block_list("uncommitted")
            part.commit_block_list([])
            part.delete_blob()

    def sweep(self, folder: FilePath, names: Collection[str], *, until: datetime, kept: Container[str]) -> None:
        """There is nothing: an upload is there with its first piece, and so with a ledger that knows it. Blocks that
        nobody puts together are forgotten by Azure after a week."""

    def properties(self, key: str) -> BlobProperties:
        with in_our_words():
            return self.azure.blob(key).get_blob_properties()

    def copy_blob(self, source: BlobProperties, target: str, metadata: dict[str, str] | None = None) -> None:
        """Within Azure, at once and whole, with the metadata of the source or other ones.

        Raises:
            NoSuchFile: the source is gone. Changed: it became another.
        """
        whence = self.azure.readable_url(str(source.name), seconds=SOURCE_LASTS_S)
        blob = self.azure.blob(target)
        if source.size > LARGEST_COPY:
            self._copy_in_blocks(source, whence, blob, source.metadata if metadata is None else metadata)
            return
        with in_our_words():
            blob.start_copy_from_url(
                whence,
                metadata=metadata,
                requires_sync=True,
                read_timeout=COPY_PATIENCE_S,
                source_etag=f'"{bare(source.etag)}"',
                source_match_condition=MatchConditions.IfNotModified,
            )

    def _copy_in_blocks(self, source: BlobProperties, whence: str, blob: BlobClient, metadata: dict[str, str]) -> None:
        """Whoever writes a blob of this name meanwhile makes Azure forget the blocks: then they are copied anew."""
        token, spans = new_token(), list(chunks_of(source.size, LARGEST_COPY))

        def copy(span: tuple[int, int, int]) -> BlobBlock:
            number, start, length = span
            named, unchanged = f"{token}-{number:06}", {"x-ms-source-if-match": f'"{bare(source.etag)}"'}
            with in_our_words():
                blob.stage_block_from_url(named, whence, start, length, headers=unchanged, read_timeout=COPY_PATIENCE_S)
            return BlobBlock(named)

        for _ in range(TRIES):
            with ThreadPoolExecutor(COPIED_AT_ONCE) as pool:
                blocks = list(pool.map(copy, spans))
            with suppress(ChecksumMismatch), in_our_words():
                blob.commit_block_list(blocks, content_settings=source.content_settings, metadata=metadata)
                return
        raise Changed("Others write this very file. Try again when they are done.")

    def _hidden(self, upload: Upload) -> BlobClient:
        return self.azure.blob(f"{HIDDEN}{upload.state[KNOWN_BY]}.part")
