/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.sts.Role;
import io.sluice.localaws.sts.Roles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds the options that are about STS alone, which runs only if it has a port.
 *
 * @param port from 0 to 65535; 0 takes a free port
 * @param known the roles that can be assumed
 * @param externalId what must be said to assume one
 * @param roleLife how long a session lasts at most
 */
record StsOptions(
    OptionalInt port, List<Role> known, Optional<String> externalId, Duration roleLife) {

  static final String HELP =
      """

      STS runs only if it has a port. It gives the keys of the other two for roles:

        --stsPort=8001       where STS listens; 0 takes a free port
        --dynamodbRole=ARN   the role that has the key of DynamoDB
        --s3Role=ARN         the role that has the key of S3
        --externalId=TEXT    what must be said to assume either
        --roleLife=1h        how long a session of a role lasts at most; keys stay valid after it
      """;

  static final List<String> NAMES =
      List.of("--stsPort", "--dynamodbRole", "--s3Role", "--externalId", "--roleLife");

  static StsOptions of(Arguments arguments, AccessKey dynamodb, AccessKey s3) {
    List<Role> roles = new ArrayList<>();
    add("--dynamodbRole", dynamodb, arguments, roles);
    add("--s3Role", s3, arguments, roles);
    boolean runs = arguments.has("--stsPort");
    if (!runs) {
      NAMES.stream()
          .filter(arguments::has)
          .findFirst()
          .ifPresent(
              name -> {
                throw StartException.badOption(name + " needs --stsPort, where STS listens");
              });
    }
    return new StsOptions(
        runs ? OptionalInt.of(arguments.port("--stsPort", 0)) : OptionalInt.empty(),
        roles,
        arguments.has("--externalId")
            ? Optional.of(arguments.text("--externalId", ""))
            : Optional.empty(),
        arguments.duration("--roleLife", Duration.ofHours(1)));
  }

  /** Makes what answers for the roles. */
  Roles roles() {
    return new Roles(known, externalId, roleLife);
  }

  private static void add(String option, AccessKey key, Arguments arguments, List<Role> roles) {
    if (!arguments.has(option)) {
      return;
    }
    try {
      roles.add(new Role(arguments.text(option, ""), key));
    } catch (IllegalArgumentException e) {
      throw StartException.badOption(option + " is " + e.getMessage());
    }
  }
}
