package dev.countersign.server.ingest;

import dev.countersign.common.protocol.Acknowledgement;

/** What came of a batch that was sent in. Only {@link Stored} has changed the books. */
public sealed interface IngestOutcome {
  /**
   * Taken in now.
   *
   * @param ack the acknowledgement's envelope, signed by the server, as it goes over the wire
   */
  record Stored(byte[] ack, Acknowledgement acknowledgement) implements IngestOutcome {}

  /**
   * Was taken in before; nothing has changed.
   *
   * @param ack the very bytes that were answered then
   */
  record Replayed(byte[] ack) implements IngestOutcome {}

  /**
   * Batches before this one are missing.
   *
   * @param expected the number that is wanted next
   */
  record Gap(long expected) implements IngestOutcome {}

  /**
   * The device has two histories: another batch stands under this number, or this one follows
   * another predecessor. The device is frozen and the evidence kept.
   */
  record Forked(long number) implements IngestOutcome {}

  /** The device is to wipe itself: it hands over what it has in another way. */
  record CutOff() implements IngestOutcome {}

  /** The device's certificate is of another environment than this server. */
  record OtherEnvironment() implements IngestOutcome {}

  /** The device was frozen before; a person has to look first. */
  record Frozen() implements IngestOutcome {}

  /**
   * Not signed by the key of an enrolled device. An unknown device gets this too, so that nobody
   * learns which devices exist. Leaves no trace in the tenant's file: anyone can send such bytes.
   */
  record BadSignature() implements IngestOutcome {}

  /** Rightly signed, but made for another tenant or in another device's name. */
  record Foreign() implements IngestOutcome {}

  /** Rightly signed and no batch; the reason is for a developer. */
  record Malformed(String reason) implements IngestOutcome {}
}
