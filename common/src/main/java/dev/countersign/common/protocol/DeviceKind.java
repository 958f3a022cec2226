package dev.countersign.common.protocol;

/** What an enrolled installation is. */
public enum DeviceKind {
  /** A till: bound to a store and a register, sells. */
  TILL,
  /** A back office: bound to a store, sees its sales, sells nothing. */
  OFFICE
}
