/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes rejections of items that DynamoDB refused: each with the item as it was staged, and the
 * file and offset that it came from.
 *
 * @param run the folder of the staged files
 * @param claim the files that were loaded
 */
record RefusedItems(StagedRun run, Claim claim) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Passes on a rejection for each item.
   *
   * @throws LoadException when one is of no file of the claim
   */
  void forEach(Refusals refusals, Consumer<Rejection> consumer) throws IOException {
    for (String file : refusals.files()) {
      if (claim.files().stream().noneMatch(staged -> staged.name().equals(file))) {
        throw new LoadException("DynamoDB lists errors of " + file + ", which it was not to load");
      }
      forEach(file, refusals.of(file), consumer);
    }
  }

  private void forEach(String file, TreeMap<Long, String> refused, Consumer<Rejection> consumer)
      throws IOException {
    try (BufferedReader items = lines(StagedFile.ofItems(file));
        BufferedReader origins = lines(StagedFile.ofOrigins(file))) {
      long next = 0;
      for (Map.Entry<Long, String> one : refused.entrySet()) {
        String item = null;
        String origin = null;
        for (; next <= one.getKey(); next++) {
          item = items.readLine();
          origin = origins.readLine();
        }
        if (item == null || origin == null) {
          throw new LoadException(
              "DynamoDB lists an error of item %d of %s, which has %d"
                  .formatted(one.getKey(), file, next - 1));
        }
        consumer.accept(rejection(item, origin, one.getValue()));
      }
    }
  }

  private static Rejection rejection(String item, String origin, String message)
      throws IOException {
    JsonNode from = JSON.readTree(origin);
    return new Rejection(
        Rejection.Stage.WRITE,
        Reason.REFUSED,
        RequestFailure.messageOf(message),
        new Origin(from.get("file").textValue(), from.get("offset").longValue()),
        item.getBytes(UTF_8),
        PayloadFormat.ITEM);
  }

  private BufferedReader lines(String name) throws IOException {
    return new BufferedReader(new InputStreamReader(run.open(claim, name), UTF_8));
  }
}
