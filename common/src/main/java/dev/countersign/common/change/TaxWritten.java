package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.tax.Tax;
import java.util.Objects;
import java.util.Set;

/**
 * A tax was added, renamed, or got another rate from a day on. The change's entity is the tax; it
 * is written as a whole, like {@link PromotionWritten}.
 */
public record TaxWritten(Tax tax) implements ChangeBody {
  public TaxWritten {
    Objects.requireNonNull(tax, "tax");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.TAX_EDIT);
  }
}
