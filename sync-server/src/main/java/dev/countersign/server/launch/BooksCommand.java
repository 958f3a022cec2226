package dev.countersign.server.launch;

import dev.countersign.common.money.Money;
import dev.countersign.server.ingest.ServerBooks;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a tenant's books say. */
@Command(
    name = "books",
    description = "Print how many sales count and what they come to.",
    mixinStandardHelpOptions = true)
final class BooksCommand extends AdminCommand {
  @Option(names = "--tenant", required = true, description = "name or id")
  private @Nullable String tenant;

  @Override
  Touch touch() {
    return Touch.READ;
  }

  @Override
  int run(Desk desk) throws Exception {
    Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
    Provisioning.BooksView books = desk.provisioning().books(owner.id());
    if (desk.json()) {
      desk.print("", books);
      return OK;
    }
    for (ServerBooks.StoreTotal store : books.stores()) {
      desk.out().println(line(store.name(), store.total(), owner));
    }
    desk.out().println(line("Total", books.total(), owner));
    books.salesByVerdict().forEach((verdict, sales) -> desk.out().println(verdict + ": " + sales));
    return OK;
  }

  private static String line(String name, ServerBooks.Total total, Tenant tenant) {
    return name
        + ": "
        + total.sales()
        + " sales, "
        + Money.of(total.total(), Currency.getInstance(tenant.currency()));
  }
}
