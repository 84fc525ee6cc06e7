/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.format.ExportLayout;
import io.sluice.format.ExportOutline;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Writes the files that lie next to the data of DynamoDB's own full exports, so that tools for
 * those read ours: in the snapshot's folder, {@code AWSDynamoDB/<ExportId>/} with {@code _started},
 * the two manifests and their checksums.
 *
 * <p>Keys are relative to the bucket on S3, and to the output in other file systems. Values that
 * only DynamoDB knows are null: the table's id and the encryption key. An unknown ARN is replaced
 * by one without region and account.
 */
public final class NativeLayout implements ExportLayout {
  private static final String DATA = "data/";
  private static final String STARTED = "_started";

  private static final String VERSION = "2020-06-30";
  private static final JsonFactory JSON = new JsonFactory();

  private final String dataFormat;

  /**
   * @param dataFormat of the data files: DYNAMODB_JSON or ION
   */
  public NativeLayout(String dataFormat) {
    this.dataFormat = dataFormat;
  }

  @Override
  public String dataFolder(String exportId) {
    return folder(exportId) + DATA;
  }

  private static String folder(String exportId) {
    return "AWSDynamoDB/" + exportId + "/";
  }

  @Override
  public TreeMap<String, String> files(ExportOutline export) {
    String folder = folder(export.exportId());
    String list = list(export);
    String summary = summary(export, folder);
    TreeMap<String, String> files = new TreeMap<>();
    files.put(folder + STARTED, "");
    files.put(folder + ExportPlace.FILES, list);
    files.put(folder + "manifest-files.md5", md5(list));
    files.put(folder + ExportPlace.SUMMARY, summary);
    files.put(folder + "manifest-summary.md5", md5(summary));
    return files;
  }

  private static String list(ExportOutline export) {
    StringBuilder lines = new StringBuilder();
    for (ExportOutline.File file : export.files()) {
      // The ETag of an object that was copied in one piece and is not encrypted with KMS.
      String etag = HexFormat.of().formatHex(Base64.getDecoder().decode(file.md5()));
      lines.append(
          object(
              json -> {
                json.writeNumberField("itemCount", file.items());
                json.writeStringField("md5Checksum", file.md5());
                json.writeStringField("etag", etag);
                json.writeStringField("dataFileS3Key", export.prefix() + file.name());
              }));
      lines.append('\n');
    }
    return lines.toString();
  }

  private String summary(ExportOutline export, String folder) {
    return object(
        json -> {
          json.writeStringField("version", VERSION);
          json.writeStringField("exportArn", export.tableArn() + "/export/" + export.exportId());
          json.writeStringField("startTime", export.start().toString());
          json.writeStringField("endTime", export.scanEnd().toString());
          json.writeStringField("tableArn", export.tableArn());
          json.writeNullField("tableId");
          json.writeStringField("exportTime", export.scanStart().toString());
          json.writeStringField("s3Bucket", export.bucket());
          json.writeStringField("s3Prefix", withoutSlash(export.prefix()));
          json.writeNullField("s3SseAlgorithm");
          json.writeNullField("s3SseKmsKeyId");
          json.writeStringField("manifestFilesS3Key", export.prefix() + folder + ExportPlace.FILES);
          json.writeNumberField("billedSizeBytes", 0);
          json.writeNumberField("itemCount", export.items());
          json.writeStringField("outputFormat", dataFormat);
          json.writeStringField("exportType", "FULL_EXPORT");
        });
  }

  /** DynamoDB writes it like this. */
  private static String withoutSlash(String prefix) {
    return prefix.substring(0, prefix.length() - 1);
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Members members) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static String md5(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
