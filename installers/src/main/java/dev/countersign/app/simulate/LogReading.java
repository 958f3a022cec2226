package dev.countersign.app.simulate;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What a tenant's export says, verified under the log's key and read without the server: every
 * change that ever came, with what was said about it.
 */
record LogReading(List<Entry> changes, Set<Place> accepted, ExportReport.Sound report) {
  /** Where a change came in. */
  record Place(UUID device, long batch, long number) {}

  /** A change in the log. */
  record Entry(Place place, Change change, Verdict verdict, Instant received) {}

  /** True when it counts by its verdict, or because a person decided so later. */
  boolean counts(Entry entry) {
    return entry.verdict() != Verdict.QUARANTINED || accepted.contains(entry.place());
  }

  /**
   * Verifies and reads.
   *
   * @throws FindingException when the export does not verify, or holds what nobody can read
   */
  static LogReading of(byte[] export, LogKey key) throws IOException {
    ExportReport report =
        new ExportVerifier(key, Runnable::run).verify(new ByteArrayInputStream(export));
    String[] lines = new String(export, StandardCharsets.UTF_8).split("\n");
    ExportReport.Sound sound = sound(report, lines);
    List<Entry> entries = new ArrayList<>();
    Deque<Change> batch = new ArrayDeque<>();
    long number = 0;
    for (String line : lines) {
      if (line.startsWith("P ")) {
        batch.addAll(changes(Base64.getDecoder().decode(line.substring(2))));
      } else if (line.startsWith("E ")) {
        JsonNode entry = Json.strict().readTree(line.substring(2).getBytes(StandardCharsets.UTF_8));
        if (entry.has("batch")) {
          number = entry.get("batch").asLong();
        }
        if (entry.has("verdict")) {
          entries.add(
              entry(
                  UUID.fromString(entry.get("device").asString()),
                  number,
                  batch.remove(),
                  Verdict.valueOf(entry.get("verdict").asString()),
                  Instant.parse(entry.get("at").asString())));
        }
      }
    }
    if (!batch.isEmpty()) {
      throw new FindingException("a batch in the log holds changes without an entry");
    }
    Set<Place> accepted = new HashSet<>();
    for (Entry entry : entries) {
      boolean stands = entry.verdict() == Verdict.ACCEPTED || entry.verdict() == Verdict.FLAGGED;
      if (stands
          && entry.change().body() instanceof VerdictResolved resolved
          && resolved.decision() == VerdictResolved.Resolution.ACCEPT) {
        accepted.add(new Place(resolved.device(), resolved.batch(), resolved.number()));
      }
    }
    return new LogReading(entries, accepted, sound);
  }

  /**
   * A server that came back from a backup lost a part of its log, and Z reports say so; it flagged
   * them when they came.
   */
  private static ExportReport.Sound sound(ExportReport report, String[] lines) {
    return switch (report) {
      case ExportReport.Sound sound -> sound;
      case ExportReport.Contradicted(ExportReport.Sound rest, long _, var first)
          when first.stream().allMatch(one -> isKnown(one, lines)) ->
          rest;
      case ExportReport.Contradicted _, ExportReport.Broken _ ->
          throw new FindingException("the export does not verify: " + report);
    };
  }

  private static boolean isKnown(ExportReport.Contradiction found, String[] lines) {
    return switch (found) {
      case ExportReport.Contradiction.Split _ -> false;
      case ExportReport.Contradiction.Report reported -> {
        String entry = lines[(int) reported.line() - 1];
        yield entry.contains("log-contradicted")
            || entry.contains("\"" + Verdict.QUARANTINED.name() + "\"");
      }
    };
  }

  private static Entry entry(
      UUID device, long batch, Change change, Verdict verdict, Instant received) {
    return new Entry(new Place(device, batch, change.number()), change, verdict, received);
  }

  /** The statements of devices' keys are no batches. */
  static List<Change> changes(byte[] payload) {
    List<Change> changes = new ArrayList<>();
    try {
      ReadBatch batch = BatchCodec.decode(payload);
      for (ReadBatch.Slice slice : batch.changes()) {
        changes.add(ChangeCodec.decode(payload, slice.offset(), slice.length()));
      }
      return changes;
    } catch (BatchFormatException _) {
      return List.of();
    } catch (UnreadableChangeException e) {
      throw new FindingException("the log holds a change that cannot be read: " + e.code());
    }
  }
}
