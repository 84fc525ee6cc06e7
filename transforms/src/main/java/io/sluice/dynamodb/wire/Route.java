/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import io.sluice.item.json.ItemJsonBuffer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs requests and sends them over HTTP. Safe for use by several threads. */
interface Route extends AutoCloseable {
  /** The header with the checksum of an answer. */
  String CHECKSUM = "x-amz-crc32";

  /** A signed request, which may be aborted from another thread. */
  interface Call extends Abortable {
    /** Sends it, and reads the answer to its end. */
    Reply send() throws IOException;
  }

  /**
   * An answer, whatever its status.
   *
   * @param checksum what the server says that the CRC-32 of the body is
   * @param date when the server says that it answered
   * @param response makes the SDK's view of the answer
   */
  record Reply(
      int status,
      Optional<String> checksum,
      Optional<String> date,
      byte[] body,
      Supplier<SdkHttpResponse> response) {
    boolean isSuccessful() {
      return status / 100 == 2;
    }
  }

  /** Signs a request. */
  Call call(ItemJsonBuffer body, AwsCredentialsIdentity identity);

  /** Closes connections that have waited too long for a request. */
  void closeIdle();

  @Override
  void close();
}
