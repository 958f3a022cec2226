package dev.countersign.server.launch;

import dev.countersign.common.sql.Migrations;
import dev.countersign.server.account.AccountSchema;
import dev.countersign.server.audit.AuditSchema;
import dev.countersign.server.credit.CreditSchema;
import dev.countersign.server.feed.FeedSchema;
import dev.countersign.server.guard.GuardSchema;
import dev.countersign.server.ingest.IngestSchema;
import dev.countersign.server.integration.IntegrationSchema;
import dev.countersign.server.recheck.RecheckSchema;
import dev.countersign.server.review.ReviewSchema;
import dev.countersign.server.signin.SignInSchema;
import dev.countersign.server.stock.StockSchema;
import dev.countersign.server.support.SupportSchema;
import dev.countersign.server.till.TillSchema;
import java.util.List;

/** What a tenant's file is made of: each package brings its own tables. */
public final class Schema {
  private Schema() {}

  static Migrations migrations() {
    return new Migrations(scripts());
  }

  /** Every migration there is, oldest first; only ever added to. */
  public static List<String> scripts() {
    String first =
        String.join(
            "\n;\n",
            AccountSchema.TABLES,
            AuditSchema.TABLES,
            IngestSchema.TABLES,
            CreditSchema.TABLES,
            FeedSchema.TABLES,
            GuardSchema.TABLES,
            IntegrationSchema.TABLES,
            TillSchema.TABLES,
            ReviewSchema.TABLES,
            SupportSchema.TABLES,
            StockSchema.TABLES);
    String oversight = String.join("\n;\n", SignInSchema.MAKERS, SupportSchema.HISTORY);
    return List.of(
        first,
        SignInSchema.TABLES,
        RecheckSchema.TABLES,
        AuditSchema.OPENINGS,
        oversight,
        AuditSchema.COSIGNATURES,
        IngestSchema.EMPTIES,
        IngestSchema.PARKED);
  }
}
