/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files that lie beside the data of DynamoDB's own full export, so that tools which read those
 * read ours: in the snapshot's folder, {@code AWSDynamoDB/<ExportId>/} with {@code _started}, the
 * two manifests and their checksums.
 *
 * <p>Keys of S3 are from the bucket's root, and in other file systems from the output's. What only
 * DynamoDB knows is null: the table's id, and the key of encryption. ARNs without a region and an
 * account stand for ones that are not known.
 */
public final class NativeExport {
  /** The folder of the data files in that of the export. */
  public static final String DATA = "data/";

  static final String STARTED = "_started";
  static final String FILES = "manifest-files.json";
  static final String SUMMARY = "manifest-summary.json";

  private static final String VERSION = "2020-06-30";
  private static final JsonFactory JSON = new JsonFactory();

  private NativeExport() {}

  /** The folder of the export in that of the snapshot, with a slash at its end. */
  public static String folder(Run run) {
    return "AWSDynamoDB/" + run.exportId() + "/";
  }

  /**
   * The files by their names in the folder of the snapshot.
   *
   * @param snapshot the folder of the snapshot, as the file system names it
   */
  public static TreeMap<String, String> files(
      SnapshotTarget target, Folder snapshot, Manifest manifest, @Nullable String tableArn) {
    S3Place place = S3Place.of(target, snapshot);
    String folder = folder(target.run());
    String list = list(place, manifest);
    String arn =
        tableArn == null ? "arn:aws:dynamodb:::table/" + target.folder().table() : tableArn;
    String summary = summary(place, folder, manifest, target.run(), arn);
    TreeMap<String, String> files = new TreeMap<>();
    files.put(folder + STARTED, "");
    files.put(folder + FILES, list);
    files.put(folder + "manifest-files.md5", md5(list));
    files.put(folder + SUMMARY, summary);
    files.put(folder + "manifest-summary.md5", md5(summary));
    return files;
  }

  /**
   * Where a snapshot is, as manifests say it.
   *
   * @param bucket null outside of S3
   * @param prefix the key of the snapshot's folder, with a slash at its end
   */
  private record S3Place(@Nullable String bucket, String prefix) {

    static S3Place of(SnapshotTarget target, Folder snapshot) {
      String path = snapshot.path();
      if (path.startsWith("s3://")) {
        int slash = path.indexOf('/', "s3://".length());
        return new S3Place(path.substring("s3://".length(), slash), path.substring(slash + 1));
      }
      return new S3Place(null, Folder.of(target.folder().output()).folderName(path));
    }

    /** As DynamoDB has it: without a slash at its end. */
    String s3Prefix() {
      return prefix.substring(0, prefix.length() - 1);
    }
  }

  private static String list(S3Place place, Manifest manifest) {
    StringBuilder lines = new StringBuilder();
    for (Manifest.File file : manifest.files()) {
      // What S3 says of an object that was copied in one piece, and is not encrypted with KMS.
      String etag = HexFormat.of().formatHex(Base64.getDecoder().decode(file.md5()));
      lines.append(
          object(
              json -> {
                json.writeNumberField("itemCount", file.items());
                json.writeStringField("md5Checksum", file.md5());
                json.writeStringField("etag", etag);
                json.writeStringField("dataFileS3Key", place.prefix() + file.name());
              }));
      lines.append('\n');
    }
    return lines.toString();
  }

  private static String summary(
      S3Place place, String folder, Manifest manifest, Run run, String tableArn) {
    return object(
        json -> {
          json.writeStringField("version", VERSION);
          json.writeStringField("exportArn", tableArn + "/export/" + run.exportId());
          json.writeStringField("startTime", run.start().toString());
          json.writeStringField("endTime", manifest.scan().end().toString());
          json.writeStringField("tableArn", tableArn);
          json.writeNullField("tableId");
          json.writeStringField("exportTime", manifest.scan().start().toString());
          json.writeStringField("s3Bucket", place.bucket());
          json.writeStringField("s3Prefix", place.s3Prefix());
          json.writeNullField("s3SseAlgorithm");
          json.writeNullField("s3SseKmsKeyId");
          json.writeStringField("manifestFilesS3Key", place.prefix() + folder + FILES);
          json.writeNumberField("billedSizeBytes", 0);
          json.writeNumberField("itemCount", manifest.items());
          json.writeStringField("outputFormat", "DYNAMODB_JSON");
          json.writeStringField("exportType", "FULL_EXPORT");
        });
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
