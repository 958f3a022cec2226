package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;

/** A request that is answered with a problem. Made often and on purpose: it carries no trace. */
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Problem problem;
  private final int retryAfterSeconds;

  RefusedRequest(int status, Problem problem, int retryAfterSeconds) {
    super(problem.code(), null, false, false);
    this.status = status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static RefusedRequest of(int status, String code, String message) {
    return new RefusedRequest(status, Problem.of(code, message), 0);
  }

  static RefusedRequest malformed(String what) {
    return of(400, Problem.MALFORMED, what);
  }

  static RefusedRequest otherEnvironment() {
    return of(409, Problem.OTHER_ENVIRONMENT, "Device and server are of two environments.");
  }

  /** To a device that has proved itself, with its signed order. */
  static RefusedRequest wipeOrdered(String order) {
    return new RefusedRequest(
        409, new Problem(Problem.WIPE_ORDERED, "This device is cut off.", null, order), 0);
  }

  static RefusedRequest unauthenticated() {
    return of(401, Problem.UNAUTHENTICATED, "Sign in first.");
  }

  int status() {
    return status;
  }

  Problem problem() {
    return problem;
  }

  /** 0 when the answer does not say. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
