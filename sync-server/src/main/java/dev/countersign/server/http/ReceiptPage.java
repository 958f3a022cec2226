package dev.countersign.server.http;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.server.receipt.ReceiptProof;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The words of the receipt page. One document, no script, one style that the policy names. */
final class ReceiptPage {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
          + "dt{font-weight:600;margin-top:.75rem}dd{margin:0}"
          + "pre{overflow-x:auto;background:#f3f3f3;color:#111;padding:.75rem}"
          + "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}}";

  /** Nothing is loaded, sent or framed; the one style is known by its hash. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + StrictBase64.encode(Hash.of(STYLE.getBytes(StandardCharsets.UTF_8)).bytes())
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** For every code that does not lead to an entry. */
  static final String UNKNOWN =
      page(
          "Not found",
          """
          <h1>This receipt was not found</h1>
          <p>The shop's log holds no sale with this code. A sale made while the till was offline \
          is there as soon as the till has reached its server; try again later.</p>
          """);

  private ReceiptPage() {}

  /**
   * The page of a sale that is in the log.
   *
   * @param hash as it stands in the receipt's code
   * @param total with its currency
   */
  static String of(ReceiptProof proof, String hash, String total) {
    long size = proof.checkpoint().checkpoint().size();
    String path = proof.proof().path().stream().map(Hash::toHex).collect(Collectors.joining("\n"));
    return page(
        "Receipt " + proof.receipt(),
        """
        <h1>%s</h1>
        <dl>
        <dt>Receipt</dt><dd>%s</dd>
        <dt>Total, as the till signed it</dt><dd>%s</dd>
        <dt>Place in the log</dt><dd>entry %d of %d</dd>
        <dt>Proof</dt><dd>Verified just now: the entry is under the checkpoint below.</dd>
        </dl>
        <h2>Check it yourself</h2>
        <p>Compare number and total with the paper. If they differ, the paper is not what the till \
        recorded. Keep this page: the shop has signed the checkpoint, and a log that leaves the \
        sale out later contradicts it.</p>
        <p>An entry's hash and the hashes of the proof lead to the checkpoint's root (RFC 9162, \
        section 2.1.3.2). The shop's owner or an auditor verifies the whole log, with this \
        checkpoint as <code>--seen</code>, by <code>countersign server verify</code> or by the \
        second verifier in Countersign's <code>docs/verify</code>.</p>
        <dl>
        <dt>SHA-256 of the sale, as the receipt's code has it</dt><dd><pre>%s</pre></dd>
        <dt>Hash of its entry</dt><dd><pre>%s</pre></dd>
        <dt>Inclusion proof</dt><dd><pre>%s</pre></dd>
        <dt>Signed checkpoint</dt><dd><pre>%s</pre></dd>
        </dl>
        """
            .formatted(
                headline(proof.counts()),
                escaped(proof.receipt()),
                escaped(total),
                proof.index(),
                size,
                escaped(hash),
                proof.leaf().toHex(),
                path,
                escaped(proof.checkpoint().text())));
  }

  private static String headline(boolean counts) {
    return counts
        ? "This sale is in the shop's log"
        : "This sale is in the shop's log, and set aside until somebody has looked at it";
  }

  private static String page(String title, String body) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\">"
        + "<meta name=\"robots\" content=\"noindex\"><title>"
        + escaped(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n"
        + body
        + "</body></html>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
