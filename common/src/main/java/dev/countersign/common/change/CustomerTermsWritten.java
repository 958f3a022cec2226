package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.CustomerTerms;
import java.util.Objects;
import java.util.Set;

/**
 * A customer was granted a price list, exemption from tax or an account, or it was taken away. The
 * change's entity is the customer; it is written as a whole, like {@link PromotionWritten}.
 */
public record CustomerTermsWritten(CustomerTerms terms) implements ChangeBody {
  public CustomerTermsWritten {
    Objects.requireNonNull(terms, "terms");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.CUSTOMER_TERMS);
  }
}
