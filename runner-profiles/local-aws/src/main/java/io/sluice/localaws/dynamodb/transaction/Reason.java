/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why a transaction was cancelled, as far as one of its actions is concerned.
 *
 * @param code the service's, None if the action was right
 * @param fault what went wrong, if something did
 */
record Reason(String code, Optional<DynamoDbException> fault) {

  /** Says that an action was right. */
  static final Reason NONE = new Reason("None", Optional.empty());

  /**
   * Gives the reason for what an action threw.
   *
   * @throws DynamoDbException the fault itself, if it is none of one action
   */
  static Reason of(DynamoDbException fault) {
    return switch (fault.type()) {
      case "ConditionalCheckFailedException" ->
          new Reason("ConditionalCheckFailed", Optional.of(fault));
      case "ValidationException" -> new Reason("ValidationError", Optional.of(fault));
      default -> throw fault;
    };
  }

  /** Throws a TransactionCanceledException unless all actions were right. */
  static void check(List<Reason> reasons) {
    if (reasons.stream().allMatch(NONE::equals)) {
      return;
    }
    String codes = reasons.stream().map(Reason::code).collect(Collectors.joining(", ", "[", "]"));
    throw DynamoDbException.of(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + codes)
        .with("CancellationReasons", json -> write(json, reasons));
  }

  private static void write(JsonGenerator json, List<Reason> reasons) throws IOException {
    json.writeStartArray();
    for (Reason reason : reasons) {
      json.writeStartObject();
      json.writeStringField("Code", reason.code);
      if (reason.fault.isPresent()) {
        json.writeStringField("Message", reason.fault.get().getMessage());
        reason.fault.get().writeMembers(json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
