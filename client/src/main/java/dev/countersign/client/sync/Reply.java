package dev.countersign.client.sync;

import dev.countersign.common.protocol.Problem;
import java.time.Duration;

/** What came of asking the server something. */
public sealed interface Reply {
  /**
   * Status 200 in the form that was asked for. What the body claims is not checked yet.
   *
   * @param body empty when it was read as a stream
   */
  record Answered(byte[] body) implements Reply {}

  /** Everything but an answer. Nothing may be concluded about what the server did. */
  sealed interface NoAnswer extends Reply {
    /** For the developer's log; holds nothing of people. */
    String detail();
  }

  /** The server was not there, or the connection broke before the answer was whole. */
  record Unreachable(Why why, String detail) implements NoAnswer {
    /** What kind of silence. */
    public enum Why {
      /** The name cannot be resolved or there is no way to it: mostly no network. */
      NO_NETWORK,
      /** The computer is there and nothing listens. */
      SERVER_DOWN,
      /** Nothing came in time. */
      TIMED_OUT,
      /** The connection ended in the middle. */
      CUT
    }
  }

  /** Somebody answered with another key than the one that was pinned, or an untrusted one. */
  record CertificateChanged(String detail) implements NoAnswer {}

  /** Something else answered: a captive portal, a proxy, a web page. */
  record NotCountersign(String detail) implements NoAnswer {}

  /** The server understood and said no. */
  record Refused(int status, Problem problem) implements NoAnswer {
    @Override
    public String detail() {
      return status + " " + problem.code() + ": " + problem.message();
    }
  }

  /**
   * The server is there and cannot take it now.
   *
   * @param retryAfter what it asks to wait; zero when it does not say
   */
  record Busy(Duration retryAfter, String detail) implements NoAnswer {}
}
