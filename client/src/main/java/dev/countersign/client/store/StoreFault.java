package dev.countersign.client.store;

/** What is wrong with a store, as a person can act on it. */
public sealed interface StoreFault {
  /** Short and stable, to be read out on the telephone. */
  String code();

  /** The disk is full: nothing of the last act was kept; free some space and do it again. */
  record Full() implements StoreFault {
    @Override
    public String code() {
      return "STORE-FULL";
    }
  }

  /**
   * The file is damaged. It is left as it is: what was not sent yet may still be rescued from it.
   *
   * @param detail for a developer
   */
  record Damaged(String detail) implements StoreFault {
    @Override
    public String code() {
      return "STORE-DAMAGED";
    }
  }

  /** The file belongs to another key. */
  record WrongKey() implements StoreFault {
    @Override
    public String code() {
      return "STORE-WRONG-KEY";
    }
  }

  /** Another window or process has this store open. */
  record AlreadyOpen() implements StoreFault {
    @Override
    public String code() {
      return "STORE-ALREADY-OPEN";
    }
  }

  /** The file was written by a newer version of this program. */
  record NewerFile() implements StoreFault {
    @Override
    public String code() {
      return "STORE-NEWER";
    }
  }

  /** The folder or disk can only be read. */
  record ReadOnly() implements StoreFault {
    @Override
    public String code() {
      return "STORE-READ-ONLY";
    }
  }

  /** There is no store in the folder. */
  record Missing() implements StoreFault {
    @Override
    public String code() {
      return "STORE-MISSING";
    }
  }

  /**
   * Anything else the disk or the library said.
   *
   * @param detail for a developer
   */
  record Other(String detail) implements StoreFault {
    @Override
    public String code() {
      return "STORE-OTHER";
    }
  }
}
