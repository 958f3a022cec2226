package dev.countersign.client.sync;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.SealedBatch;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.crypto.WireFormatException;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.log.NodeSource;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment.FirstUser;
import dev.countersign.common.protocol.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A server that holds the right keys and lies: the one adversary the real server cannot play. */
final class PlayedServer implements AutoCloseable {
  static final String ORIGIN = "played.example/log";

  final SigningKey serverKey = SigningKey.generate(new SecureRandom());
  final SigningKey logKey = SigningKey.generate(new SecureRandom());
  final UUID tenant = UUID.randomUUID();
  final UUID device = UUID.randomUUID();
  final Front front;
  final TillDevice till;

  /** The leaves of the log that it shows; a test swaps them for others. */
  List<Hash> leaves = new ArrayList<>();

  PlayedServer(Path folder) throws IOException {
    this.front = new Front(asked -> answer(asked));
    Secret key = Secret.random(32, new SecureRandom());
    DeviceFolder place = new DeviceFolder(folder.resolve("device"));
    place.create();
    FirstUser user = new FirstUser(UUID.randomUUID(), "Robin", "manager");
    try (SigningKey deviceKey = SigningKey.generate(new SecureRandom())) {
      OpenDevice open =
          OpenDevice.enrol(
              place,
              key,
              enrolled(),
              deviceKey,
              UUID.randomUUID(),
              user,
              OpenDevice.Surroundings.ofThisMachine());
      this.till = new TillDevice(open, key, user.id(), InstantSource.system());
    }
  }

  private Enrolled enrolled() {
    return new Enrolled(
        tenant,
        device,
        DeviceKind.TILL,
        UUID.randomUUID(),
        UUID.randomUUID(),
        "P1",
        "practice",
        "Till 1",
        "Corner Shop",
        "Harbour",
        "Front",
        TillDevice.USD,
        front.url(),
        front.pin(),
        serverKey.verifyKey(),
        new LogKey(ORIGIN, logKey.verifyKey()).text());
  }

  static Hash leaf(String text) {
    return MerkleTree.leafHash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a batch's entries to the log and acknowledges it. */
  Said answer(Front.Asked asked) throws IOException {
    BatchHeader header = header(asked.body());
    long first = leaves.size() + 1L;
    for (long i = header.firstChange() - 1; i <= header.lastChange(); i++) {
      leaves.add(leaf("entry " + leaves.size()));
    }
    return Said.bytes(acknowledgement(asked.body(), first, checkpoint()));
  }

  String checkpoint() {
    return Checkpoint.sign(ORIGIN, leaves.size(), root(leaves), logKey).text();
  }

  static Hash root(List<Hash> leaves) {
    return MerkleTree.root(leaves.size(), nodes(leaves));
  }

  static ConsistencyProof consistency(List<Hash> leaves, long from) {
    return MerkleTree.consistency(from, leaves.size(), nodes(leaves));
  }

  private static NodeSource nodes(List<Hash> leaves) {
    return (level, index) -> {
      List<Hash> row = leaves;
      for (int i = 0; i < level; i++) {
        List<Hash> above = new ArrayList<>();
        for (int j = 0; j + 1 < row.size(); j += 2) {
          above.add(MerkleTree.nodeHash(row.get(j), row.get(j + 1)));
        }
        row = above;
      }
      return row.get(Math.toIntExact(index));
    };
  }

  byte[] acknowledgement(byte[] body, long firstIndex, String checkpoint) throws IOException {
    return seal(draft(body, firstIndex, checkpoint));
  }

  Acknowledgement draft(byte[] body, long firstIndex, String checkpoint) throws IOException {
    BatchHeader header = header(body);
    List<Judged> verdicts = new ArrayList<>();
    for (long number = header.firstChange(); number <= header.lastChange(); number++) {
      verdicts.add(
          new Judged(number, Verdict.ACCEPTED, "", firstIndex + number - header.firstChange()));
    }
    return new Acknowledgement(
        tenant,
        device,
        header.number(),
        Hash.of(payload(body)).toHex(),
        Instant.now(),
        verdicts,
        checkpoint);
  }

  byte[] seal(Acknowledgement acknowledgement) {
    return Envelope.seal(
            Acknowledgement.PAYLOAD_TYPE, Json.encode(acknowledgement), "server", serverKey)
        .encode();
  }

  static byte[] wire(SealedBatch batch) {
    return Wire.deflate(batch.envelope().encode());
  }

  private static byte[] payload(byte[] body) throws IOException {
    try {
      return Envelope.decode(Wire.inflate(body, 1 << 23)).payload();
    } catch (EnvelopeFormatException | WireFormatException e) {
      throw new IOException(e);
    }
  }

  private static BatchHeader header(byte[] body) throws IOException {
    try {
      return BatchCodec.decode(payload(body)).header();
    } catch (BatchFormatException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    front.close();
    till.close();
    serverKey.close();
    logKey.close();
  }
}
