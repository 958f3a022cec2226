package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SearchTextTest {
  @Test
  void everyWordStandsInTheIndexAsItIsFolded() throws SQLException {
    // So a product that is looked through is found by the same words as one in the index.
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIRTUAL TABLE words USING fts5 (text,"
              + " tokenize = 'unicode61 remove_diacritics 2', detail = 'column')");
      statement.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (words, 'row')");
      connection.setAutoCommit(false);
      Set<String> folded = new TreeSet<>();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO words (text) VALUES (?)")) {
        for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
          String text = point + Character.toString(point) + "Y";
          folded.addAll(SearchText.words(text));
          insert.setString(1, SearchText.indexed(text));
          insert.executeUpdate();
        }
      }
      Set<String> terms = new TreeSet<>();
      try (ResultSet result = statement.executeQuery("SELECT term FROM terms")) {
        while (result.next()) {
          terms.add(result.getString(1));
        }
      }
      assertThat(terms).isEqualTo(folded);
    }
  }

  @Test
  void foldingAgainChangesNothing() {
    for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
      for (String word : SearchText.words("a" + Character.toString(point) + "b")) {
        assertThat(SearchText.words(word)).as("U+%x", point).containsExactly(word);
      }
    }
  }

  @Test
  void onlySoManyWordsAndSoMuchTextAreSearchedFor() {
    assertThat(SearchText.words("a b c d e f g h i j")).hasSize(8);
    assertThat(SearchText.words("x".repeat(5_000)).getFirst()).hasSize(Catalogue.LONGEST_TEXT);
    assertThat(SearchText.words(" \t\u0000 -- \u200f")).isEmpty();
  }
}
