package dev.countersign.server.export;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.protocol.BatchHeader;
import dev.countersign.server.audit.ReadLeaf;
import org.jspecify.annotations.Nullable;

/** An entry that was looked at by itself; what stands before it in the log is not known here. */
sealed interface Looked {
  /** The number of its line. */
  long line();

  /** The place in the log that it claims. */
  long index();

  /** An entry in the tree. */
  sealed interface Sound extends Looked {
    /** Its hash as a leaf. */
    Hash leaf();

    /** The number of its last line: that of its payload where it has one. */
    default long lastLine() {
      return line();
    }
  }

  /** Something else than a batch or one of its changes. */
  record Event(long line, Hash leaf, ReadLeaf entry) implements Sound {
    @Override
    public long index() {
      return entry.index();
    }
  }

  /** A device's key gave way to the next. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record KeyChange(long line, Hash leaf, ReadLeaf entry, byte[] statement) implements Sound {
    @Override
    public long index() {
      return entry.index();
    }

    @Override
    public long lastLine() {
      return line + 1;
    }
  }

  /**
   * A batch that is the one its entry names.
   *
   * @param hash of the payload
   */
  record Batch(long line, long index, Hash leaf, BatchHeader header, Hash hash, Envelope envelope)
      implements Sound {
    @Override
    public long lastLine() {
      return line + 1;
    }
  }

  /**
   * A change that is the one its entry names.
   *
   * @param counts whether its verdict lets it count
   * @param total of a sale, in minor units
   * @param said what it says of the log itself, where it is a Z report; whatever its verdict
   */
  record Change(
      long line,
      long index,
      Hash leaf,
      String device,
      boolean counts,
      boolean sale,
      long total,
      @Nullable Said said)
      implements Sound {
    @Override
    public long lastLine() {
      return said != null && said.proof() != null ? line + 1 : line;
    }
  }

  /**
   * What a Z report says of the log.
   *
   * @param proof how that log went on to the one before this entry; null when it cannot have
   */
  record Said(SaidHead head, @Nullable ConsistencyProof proof) {}

  /**
   * Something is wrong here; nothing behind it was looked at.
   *
   * @param index -1 where not even that could be read
   */
  record Wrong(long line, long index, String reason) implements Looked {}
}
