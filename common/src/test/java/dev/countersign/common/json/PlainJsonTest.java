package dev.countersign.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The library is the judge: what is read without it, it reads the same. */
class PlainJsonTest {
  /** What documents like those of a device's folder are made of. */
  record Doc(
      @Nullable String text, int number, @Nullable Doc inner, List<Doc> docs, List<String> texts) {
    Doc {
      docs = docs == null ? List.of() : List.copyOf(docs);
      texts = texts == null ? List.of() : List.copyOf(texts);
    }
  }

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u00e4",
          "\\ud83d",
          "\\ude00",
          "\\ude00",
          "\\/",
          "\\x",
          "null",
          "true",
          "0",
          "-",
          "-1",
          "01",
          "1.0",
          "1e3",
          "99999999999",
          " ",
          "\n",
          "\u0001",
          "\u00e4",
          "\ud83d\ude00",
          "\"text\":",
          "\"number\":7",
          "\"other\":1,",
          "/**/",
          "[".repeat(40),
          "x".repeat(Json.MAX_STRING));

  @Provide
  Arbitrary<Doc> docs() {
    Arbitrary<String> text =
        Arbitraries.of("a", "\"", "\\", "/", "\n", "\u0000", "\u00e4", "\u2028", "\ud83d\ude00")
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<Doc> leaves =
        Combinators.combine(text, Arbitraries.integers(), text.list().ofMaxSize(3))
            .as((said, number, texts) -> new Doc(said, number, null, List.of(), texts));
    return Combinators.combine(leaves, leaves.injectNull(0.5), leaves.list().ofMaxSize(2))
        .as((doc, inner, docs) -> new Doc(doc.text(), doc.number(), inner, docs, doc.texts()));
  }

  /** Where to cut, how much to leave out, what to put there. */
  @Provide
  Arbitrary<List<Tuple3<Integer, Integer, String>>> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 400),
            Arbitraries.of(0, 0, 1, 2, 5),
            Arbitraries.of(PIECES))
        .as(Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property
  void readsWhatTheLibraryWrote(@ForAll("docs") Doc doc) throws IOException {
    assertThat(plain(Json.encode(doc))).isEqualTo(Json.decode(Json.encode(doc), Doc.class));
  }

  @Property(tries = 20_000)
  void whatItReadsTheLibraryReadsTheSame(
      @ForAll("docs") Doc doc, @ForAll("changes") List<Tuple3<Integer, Integer, String>> changes) {
    StringBuilder document =
        new StringBuilder(new String(Json.encode(doc), StandardCharsets.UTF_8));
    for (Tuple3<Integer, Integer, String> change : changes) {
      int at = change.get1() % (document.length() + 1);
      document.replace(at, Math.min(document.length(), at + change.get2()), change.get3());
    }
    byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
    tried(bytes).ifPresent(read -> assertThat(library(bytes)).contains(read));
  }

  @Property
  void oneStrangeByteIsReadAsTheLibraryReadsItOrNotAtAll(
      @ForAll("docs") Doc doc, @ForAll byte strange) {
    byte[] bytes = Json.encode(doc);
    for (int i = 0; i < bytes.length; i++) {
      byte before = bytes[i];
      bytes[i] = (byte) (strange | 0x80);
      tried(bytes).ifPresent(read -> assertThat(library(bytes)).contains(read));
      bytes[i] = before;
    }
  }

  /** The library takes a letter that was encoded in more bytes than it needs. */
  @Example
  void bytesThatAreNoTextAreRefused() {
    byte[] bytes = "{\"a\":\"..\"}".getBytes(StandardCharsets.US_ASCII);
    bytes[6] = (byte) 0xc0;
    bytes[7] = (byte) 0xa8;
    assertThatThrownBy(() -> PlainJson.object(bytes)).isInstanceOf(CharacterCodingException.class);
  }

  @Example
  void saysOfWhichFieldWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> object("{\"a\":1}").text("a")).hasMessage("a is something else");
    assertThatThrownBy(() -> object("{}").integer("a")).hasMessage("a is no number");
    assertThatThrownBy(() -> object("{\"a\":2147483648}").integer("a"))
        .hasMessage("a is no number");
    assertThatThrownBy(() -> object("{\"a\":[1]}").texts("a")).hasMessage("a is something else");
    assertThatThrownBy(() -> object("{\"a\":[null]}")).hasMessage("null in a list");
    assertThatThrownBy(() -> object("{\"a\":1,\"a\":1}")).hasMessage("a twice");
    assertThatThrownBy(() -> object("{\"a\":true}").end()).hasMessage("unknown: [a]");
    assertThatThrownBy(() -> object("[]")).hasMessage("not one object");
    assertThatThrownBy(() -> object("{} {}")).hasMessage("not one object");
    object("{\"a\":null}").end();
  }

  private static PlainJson.Fields object(String document) throws IOException {
    return PlainJson.object(document.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Doc> tried(byte[] bytes) {
    try {
      return Optional.of(plain(bytes));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<Doc> library(byte[] bytes) {
    try {
      return Optional.of(Json.decode(bytes, Doc.class));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Doc plain(byte[] bytes) throws IOException {
    return doc(PlainJson.object(bytes));
  }

  private static Doc doc(PlainJson.Fields fields) throws IOException {
    PlainJson.Fields inner = fields.object("inner");
    List<Doc> docs = new ArrayList<>();
    for (PlainJson.Fields each : fields.objects("docs")) {
      docs.add(doc(each));
    }
    Doc read =
        new Doc(
            fields.text("text"),
            fields.integer("number"),
            inner == null ? null : doc(inner),
            docs,
            fields.texts("texts"));
    fields.end();
    return read;
  }
}
