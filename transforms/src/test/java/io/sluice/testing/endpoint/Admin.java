/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** What a test or a bench in another process asks for. */
final class Admin {
  static final String BOOKS = "/__books";
  static final String RESET = "/__reset";
  static final String SETTINGS = "/__settings";

  private final Service service;

  Admin(Service service) {
    this.service = service;
  }

  Answer answer(String path, byte[] body, int length) {
    try {
      return switch (path) {
        case BOOKS -> Answer.ok(Json.bytes(service.books()));
        case RESET -> {
          service.reset();
          yield Answer.ok(Json.bytes(Json.object()));
        }
        case SETTINGS -> {
          if (length > 0) {
            change(Json.parse(body, length));
          }
          yield Answer.ok(Json.bytes(service.settings()));
        }
        default -> refuse("no such path");
      };
    } catch (IOException | IllegalArgumentException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
  }

  private void change(ObjectNode change) {
    ObjectNode merged = Json.merge(Json.tree(service.settings()), change);
    service.change(Json.read(merged, EndpointSettings.class));
  }

  private static Answer refuse(String message) {
    return new Answer(
        400, Json.bytes(Json.object().put("message", message)), Answer.Delivery.WHOLE);
  }
}
