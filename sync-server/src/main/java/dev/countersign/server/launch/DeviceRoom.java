package dev.countersign.server.launch;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.server.account.DeviceSessions;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Grants;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.KeyRenewal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Rules;
import dev.countersign.server.account.Wipes;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.http.BatchRoutes;
import dev.countersign.server.http.DeviceRoutes;
import dev.countersign.server.http.GrantRoutes;
import dev.countersign.server.http.Route;
import dev.countersign.server.http.SessionRoutes;
import dev.countersign.server.http.SuccessionRoutes;
import dev.countersign.server.http.WipeRoutes;
import dev.countersign.server.ingest.HandOver;
import dev.countersign.server.ingest.Ingest;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenants;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The part of the composition root that has to do with devices and signing keys. */
final class DeviceRoom {
  private final DeviceSessions sessions;
  private final DeviceCare care;
  private final KeyCare keyCare;
  private final List<Route> routes;

  DeviceRoom(
      ControlFile control,
      Tenants tenants,
      Devices devices,
      People people,
      Ingest ingest,
      AuditLog log,
      Journal journal,
      UuidV7 ids,
      InstantSource clock,
      SecureRandom random) {
    var wipes = new Wipes(devices, journal, ids);
    var handOver = new HandOver(wipes, devices, ingest);
    var rules = new Rules();
    var renewal = new KeyRenewal(devices, log);
    this.sessions = new DeviceSessions(tenants, control, devices, wipes, rules, clock, random);
    this.care = new DeviceCare(tenants, devices, wipes, handOver, renewal, rules, journal);
    this.keyCare = new KeyCare(control, tenants, log, journal, clock);
    this.routes =
        Stream.of(
                new SessionRoutes(sessions).routes(),
                new BatchRoutes(tenants, control, ingest, wipes).routes(),
                new WipeRoutes(tenants, control, handOver).routes(),
                new DeviceRoutes(tenants, devices, wipes, renewal, journal).routes(),
                new GrantRoutes(tenants, devices, new Grants(people, rules, ids)).routes(),
                new SuccessionRoutes(tenants, control, renewal).routes())
            .flatMap(List::stream)
            .toList();
  }

  DeviceSessions sessions() {
    return sessions;
  }

  DeviceCare care() {
    return care;
  }

  KeyCare keyCare() {
    return keyCare;
  }

  List<Route> routes() {
    return routes;
  }
}
