/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.service.Reply;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the answers that faults give, and reads the type of errors. */
final class Replies {

  private static final Pattern TYPE = Pattern.compile("\"__type\":\"[^\"#]*#([^\"]*)\"");

  private Replies() {}

  /** Makes an error. */
  static Reply error(Fault fault) {
    return Reply.json(fault.status(), fault.exception()::write);
  }

  /** Reads the type of an error without its namespace. */
  static String type(Reply reply) {
    Matcher matcher = TYPE.matcher(new String(reply.body(), StandardCharsets.UTF_8));
    return matcher.find() ? matcher.group(1) : "HTTP " + reply.status();
  }
}
