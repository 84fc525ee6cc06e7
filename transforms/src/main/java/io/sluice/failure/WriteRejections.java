/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import static org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes rejections as JSON lines, one file a bundle: {@code stage, reason, message, file, offset,
 * format}, for CSV its {@code columns}, and the record itself as {@code record} (text) or {@code
 * recordBase64} (bytes that are not UTF-8).
 *
 * <p>No rejection, no file. A retried bundle writes its files once: Beam renames them when all are
 * there.
 */
public final class WriteRejections extends PTransform<PCollection<Rejection>, PCollection<Void>> {
  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();

  private final String folder;

  private WriteRejections(String folder) {
    this.folder = folder;
  }

  /**
   * Writes into a folder of any Beam file system. Files of an earlier run with the same names are
   * replaced, others stay: give each run a folder of its own.
   */
  public static WriteRejections to(String folder) {
    return new WriteRejections(folder.endsWith("/") ? folder : folder + "/");
  }

  /** Gives nothing, once all is written: something to wait for. */
  @Override
  public PCollection<Void> expand(PCollection<Rejection> rejections) {
    return rejections
        .apply(
            "As JSON lines",
            MapElements.into(TypeDescriptors.strings()).via(WriteRejections::toJson))
        .apply(
            "Write files",
            TextIO.write()
                .to(folder + "rejects")
                .withSuffix(".jsonl")
                .withOutputFilenames()
                .skipIfEmpty())
        .getPerDestinationOutputFilenames()
        .apply("File names", Values.create())
        .apply("Drop empty files", ParDo.of(new DropEmptyFn()));
  }

  /** The DirectRunner replaces the write by one of its own, which forgets to skip the empty. */
  private static final class DropEmptyFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element String file) throws IOException {
      // A retry finds it gone.
      MatchResult found = FileSystems.match(file, EmptyMatchTreatment.ALLOW);
      for (MatchResult.Metadata written : found.metadata()) {
        if (written.sizeBytes() == 0) {
          FileSystems.delete(List.of(written.resourceId()), IGNORE_MISSING_FILES);
        }
      }
    }
  }

  static String toJson(Rejection rejection) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("stage", rejection.stage().name());
      json.writeStringField("reason", rejection.reason().name());
      json.writeStringField("message", rejection.message());
      json.writeStringField("file", rejection.origin().file());
      json.writeNumberField("offset", rejection.origin().offset());
      json.writeStringField("format", rejection.format().name());
      if (!rejection.format().columns().isEmpty()) {
        json.writeFieldName("columns");
        json.writeArray(
            rejection.format().columns().toArray(String[]::new),
            0,
            rejection.format().columns().size());
      }
      writePayload(json, rejection.payload());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void writePayload(JsonGenerator json, byte[] payload) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      json.writeStringField("record", text);
    } catch (CharacterCodingException e) {
      json.writeBinaryField("recordBase64", payload);
    }
  }
}
