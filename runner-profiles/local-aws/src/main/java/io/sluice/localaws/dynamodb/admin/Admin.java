/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.rehearsal.Rehearsal;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.service.Pages;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Answers requests below {@code /_sluice/}, in JSON.
 *
 * <p>GET reads, PUT or POST changes and answers with what is so now; any other page is 404. A
 * change must have the Content-Type {@code application/json}, which no page of the web can send to
 * another server without asking that first:
 *
 * <ul>
 *   <li>{@code books}: GET gives the {@link io.sluice.localaws.dynamodb.book.Books}
 *   <li>{@code reset}: POST begins the books anew, and forgets what was consumed
 *   <li>{@code capacity}: how it is enforced, see {@link
 *       io.sluice.localaws.dynamodb.throttle.CapacitySettings}
 *   <li>{@code latency}: what is named changes, {@code
 *       {"millis":5,"jitterMillis":2,"operations":{"Scan":20}}}
 *   <li>{@code faults}: {@code
 *       {"rules":[{"operations":["Scan"],"fault":"InternalServerError","share":0.1}]}}
 *   <li>{@code faults/next}: POST {@code {"operation":"Scan","fault":"cut","requests":2}} has the
 *       next requests go wrong
 *   <li>{@code fill}: POST {@code {"table":"t","items":1000,"bytes":200}} makes items, see {@link
 *       GeneratedItems}
 * </ul>
 */
public final class Admin implements Pages {

  private static final String PREFIX = "/_sluice/";
  private static final JsonFactory JSON = new JsonFactory();

  private final Tables tables;
  private final Rehearsal rehearsal;

  /** Reads and changes {@code rehearsal}, and fills {@code tables}. */
  public Admin(Tables tables, Rehearsal rehearsal) {
    this.tables = tables;
    this.rehearsal = rehearsal;
  }

  @Override
  public Optional<Reply> answer(String method, String path, String type, byte[] body) {
    if (!path.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String page = path.substring(PREFIX.length());
    boolean changes = method.equals("PUT") || method.equals("POST");
    if (changes && !type.equalsIgnoreCase("application/json")) {
      return Optional.of(refusal(415, "the Content-Type must be application/json"));
    }
    try {
      return Optional.of(
          changes ? change(page, new Settings(read(body))) : Reply.json(200, show(page)));
    } catch (Missing e) {
      return Optional.of(refusal(404, e.getMessage()));
    } catch (IOException e) {
      return Optional.of(refusal(400, "the body must be a JSON object"));
    } catch (IllegalArgumentException | DynamoDbException e) {
      return Optional.of(refusal(400, e.getMessage()));
    }
  }

  /** Says that there is no such page. */
  private static final class Missing extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Missing(String page) {
      super(
          "nothing is at "
              + PREFIX
              + page
              + "; there are books, capacity, latency and faults to read, and reset, capacity, "
              + "latency, faults, faults/next and fill to write");
    }
  }

  private static Map<String, Object> read(byte[] body) throws IOException {
    if (body.length == 0) {
      return Map.of();
    }
    try (JsonParser json = JSON.createParser(body)) {
      return JsonTree.read(json);
    }
  }

  private Reply.Writing show(String page) {
    return switch (page) {
      case "books" -> json -> BooksJson.write(json, rehearsal.books().books());
      case "capacity" -> json -> SettingsJson.write(json, rehearsal.throttle().settings());
      case "latency" -> json -> SettingsJson.write(json, rehearsal.latency());
      case "faults" -> json -> SettingsJson.write(json, rehearsal.faults());
      default -> throw new Missing(page);
    };
  }

  private Reply change(String page, Settings settings) {
    switch (page) {
      case "reset" -> {
        settings.checkNames();
        rehearsal.throttle().reset();
        rehearsal.books().reset();
        return Reply.json(200, show("books"));
      }
      case "capacity" -> {
        rehearsal.throttle().change(settings.capacity(rehearsal.throttle().settings()));
        return Reply.json(200, show(page));
      }
      case "latency" -> {
        rehearsal.setLatency(settings.latency(rehearsal.latency()));
        return Reply.json(200, show(page));
      }
      case "faults" -> {
        rehearsal.faults().set(settings.rules());
        return Reply.json(200, show(page));
      }
      case "faults/next" -> {
        settings.checkNames(
            "operation", "requests", "fault", "status", "message", "body", "millis");
        rehearsal
            .faults()
            .next(settings.text("operation", "*"), settings.count("requests", 1), settings.fault());
        return Reply.json(200, show("faults"));
      }
      case "fill" -> {
        fill(settings);
        return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeNumberField("items", settings.count("items", 0));
              json.writeEndObject();
            });
      }
      default -> throw new Missing(page);
    }
  }

  private void fill(Settings settings) {
    settings.checkNames("table", "items", "bytes", "attributes");
    new GeneratedItems(
            settings.count("items", 0),
            settings.count("bytes", 200),
            settings.count("attributes", 1))
        .fill(tables.get(settings.text("table", "")));
  }

  private static Reply refusal(int status, String message) {
    return Reply.json(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }
}
