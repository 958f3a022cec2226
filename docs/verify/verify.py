#!/usr/bin/env python3
"""Verifies an export of a Countersign audit log with nothing but the log's public key.

    python3 verify.py EXPORT --key VKEY [--seen CHECKPOINT]... [--json]

Needs Python 3.9 or newer and nothing else. It shares no line with Countersign: it was written from
RFC 8032 (Ed25519), RFC 6962 and RFC 9162 (the tree), C2SP signed-note and tlog-checkpoint, DSSE,
and from "Export" in docs/protocol.md. README.md beside this file says what a pass proves.

Ends with 0 when the export is sound, 1 when it is not, 2 when it was called wrongly.
"""

import argparse
import base64
import hashlib
import json
import re
import sys

# ---- Ed25519, RFC 8032 section 5.1 ---------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)

# A point is (X, Y, Z, T): x = X/Z, y = Y/Z, x*y = T/Z (section 5.1.4).
NEUTRAL = (0, 1, 1, 0)


def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_double(p):
    a = p[0] * p[0] % P
    b = p[1] * p[1] % P
    h = a + b
    e = h - (p[0] + p[1]) * (p[0] + p[1]) % P
    g = a - b
    f = 2 * p[2] * p[2] % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_decode(raw):
    """Section 5.1.3; None for bytes that are no point or not the canonical form of one."""
    y = int.from_bytes(raw, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_MINUS_1 % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def point_encode(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


class VerifyKey:
    """A public key: canonical, on the curve, and none of the eight points of small order."""

    def __init__(self, raw):
        point = point_decode(raw) if len(raw) == 32 else None
        if point is None:
            raise ValueError("not an Ed25519 key")
        eightfold = point_double(point_double(point_double(point)))
        if eightfold[0] == 0:
            raise ValueError("a key of small order")
        self.raw = raw
        self.minus = (P - point[0], point[1], 1, P - point[3])
        self.base_minus = point_add(BASE, self.minus)

    def verify(self, message, signature):
        """Section 5.1.7, by comparing the encodings of R and [S]B - [k]A."""
        if len(signature) != 64:
            return False
        s = int.from_bytes(signature[32:], "little")
        if s >= ORDER:
            return False
        digest = hashlib.sha512(signature[:32] + self.raw + message).digest()
        k = int.from_bytes(digest, "little") % ORDER
        sum_ = NEUTRAL
        for bit in range(252, -1, -1):
            sum_ = point_double(sum_)
            both = (s >> bit & 1, k >> bit & 1)
            if both == (1, 1):
                sum_ = point_add(sum_, self.base_minus)
            elif both == (1, 0):
                sum_ = point_add(sum_, BASE)
            elif both == (0, 1):
                sum_ = point_add(sum_, self.minus)
        return point_encode(sum_) == signature[:32]


# ---- The tree, RFC 6962 section 2.1 --------------------------------------------------------------


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """The right edge of a tree: the roots of the complete subtrees that make up its size."""

    def __init__(self):
        self.size = 0
        self.edge = []  # (leaves, root), the largest first

    def append(self, entry):
        leaves, root = 1, sha256(b"\x00", entry)
        while self.edge and self.edge[-1][0] == leaves:
            root = sha256(b"\x01", self.edge.pop()[1], root)
            leaves *= 2
        self.edge.append((leaves, root))
        self.size += 1

    def root(self):
        if not self.edge:
            return sha256()
        root = self.edge[-1][1]
        for _, left in reversed(self.edge[:-1]):
            root = sha256(b"\x01", left, root)
        return root


def continues(path, size1, root1, size2, root2):
    """Whether a log is a beginning of another, RFC 9162 section 2.1.4.2."""
    if size1 == 0 or size1 == size2:
        return not path and root1 == (root2 if size1 else sha256())
    if size1 & (size1 - 1) == 0:
        path = [root1] + path
    if not path:
        return False
    node, last = size1 - 1, size2 - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            older = sha256(b"\x01", sibling, older)
            newer = sha256(b"\x01", sibling, newer)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            newer = sha256(b"\x01", newer, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and older == root1 and newer == root2


# ---- Texts that have exactly one form ------------------------------------------------------------


class Broken(Exception):
    """The export is not what the log's key vouches for."""


def require(holds, otherwise):
    if not holds:
        raise Broken(otherwise)


def from_base64(text):
    """RFC 4648 section 4, the canonical text only."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data) != (text if isinstance(text, bytes) else text.encode("ascii")):
        raise ValueError("Base64 that is not canonical")
    return data


def to_base64(data):
    return base64.b64encode(data).decode("ascii")


def strict_object(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a name stands twice in one object")
    return dict(pairs)


def no_constant(name):
    raise ValueError(name + " is not JSON")


def from_json(data):
    return json.loads(
        data.decode("utf-8"), object_pairs_hook=strict_object, parse_constant=no_constant
    )


# ---- Keys and checkpoints, C2SP signed-note, tlog-checkpoint and tlog-cosignature ----------------


class LogKey:
    """name+hash+base64(0x01 || key)"""

    def __init__(self, name, key):
        self.name = name
        self.key = key
        self.id = sha256(name.encode("utf-8"), b"\n\x01", key.raw)[:4]

    @staticmethod
    def parse(text):
        name, short, typed = text.split("+", 2)
        raw = from_base64(typed)
        if not name or len(raw) != 33 or raw[0] != 1:
            raise ValueError("not an Ed25519 log key")
        key = LogKey(name, VerifyKey(raw[1:]))
        if key.id.hex() != short:
            raise ValueError("the hash in the log key is not the key's")
        return key

    def text(self):
        return self.name + "+" + self.id.hex() + "+" + to_base64(b"\x01" + self.key.raw)

    def checkpoint(self, note):
        """Size and root of a checkpoint that this key signed."""
        body, gap, signatures = note.partition("\n\n")
        lines = body.split("\n")
        require(gap and note.endswith("\n") and len(lines) == 3, "not a checkpoint")
        require(lines[0] == self.name, "the checkpoint is of another log")
        require(re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]), "not a size")
        root = from_base64(lines[2])
        require(len(root) == 32, "not a root")
        own = []
        for line in signatures[:-1].split("\n"):
            dash, name, text = line.split(" ")
            require(dash == "\u2014", "not a signature line")
            signed = from_base64(text)
            if name == self.name and signed[:4] == self.id:
                own.append(signed[4:])
        require(
            len(own) == 1 and self.key.verify((body + "\n").encode("utf-8"), own[0]),
            "the checkpoint is not signed by the log's key",
        )
        return int(lines[1]), root


def cosigned_at(note, device, key):
    """When a device cosigned a checkpoint, in seconds since 1970; None if it did not."""
    body, _, signatures = note.partition("\n\n")
    witness = "countersign-device/" + device
    short = sha256(witness.encode("ascii"), b"\n\x04", key.raw)[:4]
    last = None
    for line in signatures[:-1].split("\n"):
        _, name, text = line.split(" ")
        signed = from_base64(text)
        if name != witness or signed[:4] != short:
            continue
        at = int.from_bytes(signed[4:12], "big")
        said = f"cosignature/v1\ntime {at}\n{body}\n".encode("utf-8")
        if len(signed) != 76 or at >> 63 or not key.verify(said, signed[12:]):
            return None
        last = at if last is None else max(at, last)
    return last


# ---- Signed payloads (DSSE) and keys that give way -----------------------------------------------

BATCH_TYPE = "application/vnd.countersign.batch.v1+json"
SUCCESSION_TYPE = "application/vnd.countersign.succession.v1+json"
CONSENT_TYPE = "application/vnd.countersign.succession-consent.v1"


def pre_auth(payload_type, payload):
    """What is signed: DSSE over the payload's hash."""
    kind = payload_type.encode("ascii")
    return b"DSSEv1 %d %s 32 %s" % (len(kind), kind, sha256(payload))


class Envelope:
    """"CSE1", then payload type, key id, payload and signature, each after its length."""

    def __init__(self, data):
        if data[:4] != b"CSE1":
            raise ValueError("not an envelope")
        fields, at = [], 4
        for _ in range(4):
            length = int.from_bytes(data[at : at + 4], "big")
            fields.append(data[at + 4 : at + 4 + length])
            if len(data) < at + 4 + length or len(data) < at + 4:
                raise ValueError("an envelope that is cut off")
            at += 4 + length
        if at != len(data):
            raise ValueError("something follows the envelope")
        self.type = fields[0].decode("ascii")
        self.key_id = fields[1].decode("ascii")
        self.payload = fields[2]
        self.signature = fields[3]

    def verified_by(self, key):
        return key.verify(pre_auth(self.type, self.payload), self.signature)


class Succession:
    """The next key signs what is said, and the key before signs all of that."""

    def __init__(self, data):
        self.consent = Envelope(data)
        if self.consent.type != CONSENT_TYPE:
            raise ValueError("not a consent")
        inner = Envelope(self.consent.payload)
        if inner.type != SUCCESSION_TYPE:
            raise ValueError("not a succession")
        said = from_json(inner.payload)
        self.kind, self.owner, self.number = said["kind"], said["owner"], said["number"]
        self.previous, self.next, self.first = said["previous"], said["key"], said["from"]
        self.key = VerifyKey(from_base64(self.next))
        if not {inner.key_id, self.consent.key_id} == {self.owner} or self.next == self.previous:
            raise ValueError("a succession of somebody else")
        if not inner.verified_by(self.key):
            raise ValueError("the next key did not sign")

    def consented_by(self, key):
        return self.previous == to_base64(key.raw) and self.consent.verified_by(key)


# ---- Batches -------------------------------------------------------------------------------------

UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
INTEGER = "(-?[0-9]{1,19})"
HEAD = {
    "tenant": f'"({UUID})"',
    "device": f'"({UUID})"',
    "epoch": f'"({UUID})"',
    "number": "([1-9][0-9]{0,17})",
    "previous": '"([0-9a-f]{64})"',
    "firstChange": "([1-9][0-9]{0,17})",
    "lastChange": "([1-9][0-9]{0,17})",
    "boot": f'"({UUID})"',
    "monotonicNanos": INTEGER,
    "wall": '"([0-9A-Z:.+-]*)"',
    "policy": INTEGER,
    "feedCursor": INTEGER,
}
SPACE = "[ \t\r\n]*"
HEAD_RE = re.compile(
    SPACE.join(
        ["", r"\{"]
        + [part for name, value in HEAD.items() for part in (f'"{name}"', ":", value, ",")]
        + ['"changes"', ":", r"\["]
    ).encode("ascii")
)

# Whole strings (with whatever is escaped in them), a quote that is never closed, and brackets.
MARKS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\]]', re.DOTALL)


class Batch:
    """The header and the changes as the bytes that were signed, cut at their brackets alone."""

    def __init__(self, payload):
        head = HEAD_RE.match(payload)
        if not head:
            raise ValueError("the payload is not a batch")
        fields = {name: value.decode("ascii") for name, value in zip(HEAD, head.groups())}
        self.tenant = fields["tenant"].lower()
        self.device = fields["device"].lower()
        self.number = int(fields["number"])
        self.previous = fields["previous"]
        self.changes = self.cut(payload, head.end())
        if int(fields["lastChange"]) - int(fields["firstChange"]) + 1 != len(self.changes):
            raise ValueError("the batch's range does not fit its changes")

    @staticmethod
    def cut(payload, at):
        changes = []
        while True:
            if payload[at : at + 1] != b"{":
                raise ValueError("a change must be an object")
            depth = 0
            for mark in MARKS.finditer(payload, at):
                text = mark.group()
                if text == b'"':
                    raise ValueError("a text that does not end")
                if text in b"{[":
                    depth += 1
                elif text in b"}]":
                    depth -= 1
                    if depth == 0:
                        break
            else:
                raise ValueError("a change that does not end")
            changes.append(payload[at : mark.end()])
            at = mark.end()
            if payload[at : at + 1] != b",":
                break
            at += 1
        if payload[at:] != b"]}":
            raise ValueError("something else than the end after the changes")
        return changes


class Device:
    def __init__(self, key):
        self.keys = [(1, key)]  # (number of the first batch under it, key)
        self.last_batch = 0
        self.last_hash = "00" * 32
        self.revoked = False
        self.frozen = False


# ---- The export, docs/protocol.md ----------------------------------------------------------------

LONGEST_LINE = 2 * 1024 * 1024
FIELDS = [
    "index", "at", "who", "device", "address", "what", "entity", "verdict", "code", "payload",
    "batch", "signature", "key", "detail",
]  # fmt: skip


COUNTING = ("ACCEPTED", "FLAGGED")


def said_head(change):
    """Shift, size and root, where a change is a Z report that says what the log was; else None."""
    if change.get("type") != "shift.closed" or "log" not in change.get("body", {}):
        return None
    log = change["body"]["log"]
    if log is None:
        return None
    if type(log["size"]) is not int or not re.fullmatch("[0-9a-f]{64}", log["root"]):
        raise ValueError("a Z report says nonsense of the log")
    return change.get("entity", ""), log["size"], bytes.fromhex(log["root"])


class Verifier:
    def __init__(self, stream, pinned, seen):
        self.stream = stream
        self.pinned = pinned
        self.seen_texts = seen
        self.seen = {}  # size -> root
        self.words = []  # what witnesses cosigned: (line, device, size, root, note)
        self.ahead = set()  # sizes of these that the log did not come to yet
        self.roots = {}  # and the roots that the log had where it did
        self.contradictions = []
        self.unreadable = False  # the last change; there may be a proof below it
        self.number = 0
        self.line = b""
        self.digest = hashlib.sha256()
        self.tree = Tree()
        self.devices = {}
        self.device_keys = set()
        self.awaited = None  # (device, the changes whose entries are awaited)
        self.batches = self.sales = self.total = 0

    def verify(self):
        try:
            return self.check()
        except (ValueError, KeyError, TypeError, RecursionError) as e:
            raise Broken(str(e)) from e

    def next(self):
        """Goes to the next line, without its end; false at the end of the file."""
        if self.number and self.line[:2] not in (b"E ", b"P "):
            self.digest.update(self.line + b"\n")
        self.number += 1
        line = self.stream.readline(LONGEST_LINE)
        require(not line or line.endswith(b"\n"), "the file ends within a line, or a line is long")
        self.line = line[:-1]
        return bool(line)

    def content(self, kind):
        require(self.line[:2] == kind + b" ", f"a line of kind {kind.decode()} is missing here")
        return self.line[2:]

    def must_next(self):
        require(self.next(), "the export is cut off")

    def check(self):
        require(self.next() and self.line == b"countersign-export 1", "not an export")
        self.must_next()
        tenant = re.fullmatch(f"({UUID}) ([A-Z]{{3}})".encode(), self.content(b"T"))
        require(tenant, "the line must name tenant and currency")
        self.tenant, currency = (part.decode() for part in tenant.groups())
        self.must_next()
        log_key = self.log_key()
        VerifyKey(from_base64(self.content(b"V")))
        self.must_next()
        while self.line[:2] == b"W ":
            self.word(self.line[2:].decode("ascii"))
            self.must_next()
        self.look()
        while self.line[:2] == b"E ":
            self.entry(self.line[2:])
            self.must_next()
            if self.unreadable and self.line[:2] == b"Q ":
                self.must_next()
            self.look()
        require(self.awaited is None, "the entries of a batch's last changes are missing")
        size, root = log_key.checkpoint(from_base64(self.content(b"C")).decode("utf-8"))
        require(size == self.tree.size, f"{self.tree.size} entries, but {size} are signed for")
        require(root == self.tree.root(), "the entries are not those that the checkpoint signs")
        require(not self.seen, "the log is shorter than one that was seen before")
        self.must_next()
        signed = b"countersign export v1\n" + self.digest.digest()
        require(
            log_key.key.verify(signed, from_base64(self.content(b"S"))),
            "the signature under the export is not the log key's over these bytes",
        )
        require(not self.next(), "something follows the end")
        witnesses = self.witnesses()
        return {
            "sound": not self.contradictions,
            "entries": self.tree.size,
            "batches": self.batches,
            "sales": self.sales,
            "total": self.total,
            "currency": currency,
            "witnesses": witnesses,
            "contradictions": self.contradictions,
        }

    def log_key(self):
        """The key in use: the one that is trusted, or one that it gave way to step by step."""
        claimed = self.content(b"K").decode("utf-8")
        line, statements = [self.pinned.key], []
        self.must_next()
        while self.line[:2] == b"N ":
            statements.append(from_base64(self.line[2:]))
            self.follow(line, statements[-1])
            self.must_next()
        newest = LogKey(self.pinned.name, line[-1])
        require(claimed == newest.text(), "the log has another key than the one you trust")
        self.log_keys = self.former(statements) + line
        for text in self.seen_texts:
            size, root = self.signed(text, "a checkpoint that was seen")
            require(self.seen.setdefault(size, root) == root, "two logs of one size were seen")
        return newest

    def former(self, statements):
        """The keys before the trusted one, as each next one signed that it follows them."""
        former, after = [], to_base64(self.pinned.key.raw)
        for statement in reversed(statements):
            try:
                said = Succession(statement)
                if (said.kind, said.owner, said.next) == ("LOG", self.tenant, after):
                    former.insert(0, VerifyKey(from_base64(said.previous)))
                    after = said.previous
            except (ValueError, KeyError, TypeError):
                continue
        return former

    def follow(self, line, statement):
        try:
            said = Succession(statement)
        except (ValueError, KeyError, TypeError):
            return  # Of no use to follow the key.
        known = [to_base64(key.raw) for key in line]
        if said.kind != "LOG" or said.owner != self.tenant or said.previous not in known:
            return  # Not this log's, or from before the key that is trusted.
        place = known.index(said.previous)
        if not said.consented_by(line[place]):
            return
        if place + 1 < len(line):
            require(known[place + 1] == said.next, "a key of the log gave way to two others")
            return
        require(said.next not in known, "a former key of the log came back")
        line.append(said.key)

    def signed(self, text, what):
        """Size and root of a checkpoint that one of the log's keys signed."""
        for key in self.log_keys:
            try:
                return LogKey(self.pinned.name, key).checkpoint(text)
            except (Broken, ValueError):
                continue
        raise Broken(what + " is not signed by a key of this log")

    def word(self, text):
        device, note = text.split(" ")
        require(re.fullmatch(UUID, device) and device == device.lower(), "not an id")
        note = from_base64(note).decode("utf-8")
        size, root = self.signed(note, "what was cosigned")
        self.words.append((self.number, device, size, root, note))
        self.ahead.add(size)

    def witnesses(self):
        """Those whose word fits; what another log was is told."""
        fit = []
        for line, device, size, root, note in self.words:
            keys = [key for _, key in self.devices[device].keys] if device in self.devices else []
            times = [at for at in (cosigned_at(note, device, key) for key in keys) if at is not None]
            if not times:
                self.number = line
                raise Broken("not cosigned by the device that the log registered")
            said = {"device": device, "size": size, "at": times[0]}
            if self.roots.get(size) == root:
                fit.append(said)
            else:
                self.contradictions.append({"line": line, **said})
        return fit

    def look(self):
        """Compares with a checkpoint of this size that was seen before."""
        if self.tree.size in self.ahead:
            self.ahead.remove(self.tree.size)
            self.roots[self.tree.size] = self.tree.root()
        root = self.seen.pop(self.tree.size, None)
        require(
            root is None or root == self.tree.root(),
            f"the first {self.tree.size} entries are not those that were signed for before",
        )

    def entry(self, data):
        entry = from_json(data)
        require(isinstance(entry, dict), "an entry must be an object")
        require(list(entry) == [name for name in FIELDS if name in entry], "not an entry's fields")
        self.check_types(entry)
        require(entry["index"] == self.tree.size, "an entry stands in the place of another")
        what = entry.get("what")
        self.unreadable = False
        # What a change can say of the log is about the log before it.
        says = self.awaited and (what == "shift.closed" or entry.get("verdict") not in COUNTING)
        before = self.tree.root() if says else None
        self.tree.append(data)
        if self.awaited:
            self.change(entry, before)
        elif what == "batch":
            self.batch(entry)
        elif "verdict" in entry:
            raise Broken("a verdict without a batch")
        elif what == "device.enrolled":
            self.enrol(entry)
        elif what == "device.key.rotated":
            self.renew(entry, self.below(entry))
        elif entry.get("device") in self.devices:
            self.heard(self.devices[entry["device"]], what)

    @staticmethod
    def heard(device, what):
        """From where on nothing of a device counts, and where a frozen one goes on."""
        if what in ("device.revoked", "device.wipe.ordered"):
            device.revoked = True
        elif what in ("device.frozen", "device.unfrozen"):
            device.frozen = what == "device.frozen"

    @staticmethod
    def check_types(entry):
        for name, value in entry.items():
            wanted = int if name in ("index", "batch") else str
            require(type(value) is wanted and value != "", f"{name} is not what it has to be")

    def below(self, entry):
        """The payload on the line below an entry; it must be the one that the entry names."""
        self.must_next()
        payload = from_base64(self.content(b"P"))
        require(
            sha256(payload).hex() == entry["payload"],
            "the payload is not the one that its entry names",
        )
        return payload

    def new_key(self, raw):
        require(raw not in self.device_keys, "one key is registered twice")
        self.device_keys.add(raw)

    def enrol(self, entry):
        key = VerifyKey(from_base64(entry["key"]))
        self.new_key(key.raw)
        require(entry["device"] not in self.devices, "a device is registered twice")
        self.devices[entry["device"]] = Device(key)

    def renew(self, entry, statement):
        device = self.devices[entry["device"]]
        said = Succession(statement)
        begins, before = device.keys[-1]
        require(said.consented_by(before), "a key that the one before did not give way to")
        require(
            said.kind == "DEVICE"
            and said.owner == entry["device"]
            and said.next == entry["key"]
            and said.number == len(device.keys) + 1
            and said.first == entry["batch"]
            and said.first > max(begins, device.last_batch),
            "the statement is not the one that its entry names",
        )
        self.new_key(said.key.raw)
        device.keys.append((said.first, said.key))

    def batch(self, entry):
        payload = self.below(entry)
        batch = Batch(payload)
        named = (batch.tenant, batch.device, batch.number)
        require(
            named == (self.tenant, entry["device"], entry["batch"]),
            "the batch names another tenant, device or number than its entry",
        )
        device = self.devices.get(batch.device)
        require(device, "a batch of a device that the log never registered")
        require(
            batch.number == device.last_batch + 1,
            f"batch {batch.number} stands after batch {device.last_batch}",
        )
        require(batch.previous == device.last_hash, "the batch does not follow the one before it")
        device.last_batch = batch.number
        device.last_hash = sha256(payload).hex()
        key = [key for first, key in device.keys if first <= batch.number][-1]
        require(
            key.verify(pre_auth(BATCH_TYPE, payload), from_base64(entry["signature"])),
            "the batch is not signed by the device that the log registered",
        )
        self.batches += 1
        self.awaited = (batch.device, batch.changes[::-1])

    def change(self, entry, before):
        device, changes = self.awaited
        change = changes.pop()
        require(
            sha256(change).hex() == entry["payload"] and entry["device"] == device,
            "the entry is not that of the batch's next change",
        )
        verdict = entry["verdict"]
        require(
            verdict in ("ACCEPTED", "FLAGGED", "QUARANTINED", "SUPERSEDED"), "an unknown verdict"
        )
        if not changes:
            self.awaited = None
        if verdict in COUNTING:
            read = from_json(change)
            self.counted(entry, read, self.devices[device])
            said = said_head(read)
        else:
            try:
                said = said_head(from_json(change))
            except (ValueError, KeyError, TypeError, RecursionError):
                self.unreadable, said = True, None
        if said:
            self.compare(entry, said, before)

    def compare(self, entry, said, before):
        """What a Z report says of the log with the log as it was before that report."""
        shift, size, root = said
        line, path = self.number, None
        if 0 <= size <= entry["index"]:
            self.must_next()
            data = from_base64(self.content(b"Q"))
            require(len(data) % 32 == 0 and len(data) <= 124 * 32, "not a proof")
            path = [data[at : at + 32] for at in range(0, len(data), 32)]
        if path is None or not continues(path, size, root, entry["index"], before):
            self.contradictions.append(
                {"line": line, "device": entry["device"], "shift": shift, "size": size}
            )

    def counted(self, entry, change, device):
        require(
            not device.revoked and not device.frozen,
            "a change counts that came after its device was cut off",
        )
        for said, logged in (("type", "what"), ("entity", "entity"), ("actor", "who")):
            require(
                change.get(said, "") == entry.get(logged, ""),
                "the entry says something else than the change it names",
            )
        if change["type"] == "sale.completed":
            total = change["body"]["total"]
            require(type(total) is int, "a sale without its total")
            self.sales += 1
            self.total += total


def main():
    arguments = argparse.ArgumentParser(description="Verify an export of a Countersign audit log.")
    arguments.add_argument("export", help="the file")
    arguments.add_argument("--key", required=True, help="the log's key, as its owner kept it")
    arguments.add_argument(
        "--seen",
        action="append",
        default=[],
        metavar="CHECKPOINT",
        help="a file with a checkpoint that a till or a witness kept; may be given again",
    )
    arguments.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = arguments.parse_args()
    try:
        pinned = LogKey.parse(given.key)
    except ValueError as e:
        arguments.error(f"--key is not a log's key: {e}")
    seen = []
    for name in given.seen:
        with open(name, encoding="utf-8", newline="") as file:
            seen.append(file.read())
    with open(given.export, "rb") as stream:
        verifier = Verifier(stream, pinned, seen)
        try:
            report = verifier.verify()
        except Broken as e:
            if given.json:
                print(json.dumps({"sound": False, "line": verifier.number, "reason": str(e)}))
            print(f"{given.export}:{verifier.number}: {e}", file=sys.stderr)
            return 1
    for found in report["contradictions"]:
        told = "device {device} closed shift {shift} over" if "shift" in found else (
            "device {device} cosigned")
        told += " another log of {size} entries"
        print(f"{given.export}:{found['line']}: {told.format(**found)}", file=sys.stderr)
    if given.json:
        print(json.dumps(report))
    else:
        print("Sound: " if report["sound"] else "Contradicted, and apart from that sound: ", end="")
        print("{entries} entries, {batches} batches, {sales} sales, "
              "{total} {currency} in minor units".format(**report))
        for witness in report["witnesses"]:
            print("Device {device} cosigned its first {size} entries".format(**witness))
    return 0 if report["sound"] else 1


if __name__ == "__main__":
    sys.exit(main())
