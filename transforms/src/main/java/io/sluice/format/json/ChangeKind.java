/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

/** The kinds of records of changes. */
public enum ChangeKind {
  STREAM("records of DynamoDB Streams"),
  KINESIS("records of Kinesis Data Streams for DynamoDB"),
  INCREMENTAL_EXPORT("an incremental export of DynamoDB"),
  SIMPLE("records of action, sequenceNumber and object"),
  DMS("changes of AWS DMS, whose first column Op has only I, U and D"),
  /** Rows with the name of an event, which no reader of changes takes. */
  EVENTS("rows whose column eventName has only INSERT, MODIFY and REMOVE");

  private final String text;

  ChangeKind(String text) {
    this.text = text;
  }

  /** Returns the kind in words, as it follows a colon. */
  public String text() {
    return text;
  }
}
