/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.localaws.dynamodb.DynamoDbBuilder;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.storage.DiskStorage;
import io.sluice.localaws.dynamodb.storage.MemoryStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.storage.StorageException;
import java.io.UncheckedIOException;
import java.net.URI;

/** Runs DynamoDB as the options of the command line say. */
final class DynamoDbServer {

  private final URI endpoint;
  private final DynamoDb dynamodb;

  private DynamoDbServer(URI endpoint, DynamoDb dynamodb) {
    this.endpoint = endpoint;
    this.dynamodb = dynamodb;
  }

  /** Starts it; when this returns, it answers requests. */
  static DynamoDbServer start(Options options, Buckets buckets) {
    DynamoDbOptions own = options.dynamodb();
    DynamoDbBuilder builder =
        DynamoDb.builder()
            .at(options.address(), options.dynamodbPort())
            .storage(storage(options))
            .streams(own.streams())
            .expiry(own.expiry())
            .buckets(buckets, own.exportFiles());
    if (own.checkSignatures()) {
      builder.signedWith(own.key());
    }
    if (own.rehearsal().playsAnything()) {
      own.rehearsal().apply(builder);
    } else {
      builder.plain();
    }
    try {
      DynamoDb dynamodb = builder.start();
      URI endpoint = URI.create("http://" + options.host() + ":" + dynamodb.endpoint().getPort());
      return new DynamoDbServer(endpoint, dynamodb);
    } catch (StorageException e) {
      throw StartException.cannotOpen(e);
    } catch (UncheckedIOException e) {
      throw StartException.cannotListen("DynamoDB", options.dynamodbPort(), "--dynamodbPort", e);
    }
  }

  private static Storage storage(Options options) {
    if (options.inMemory()) {
      return new MemoryStorage();
    }
    try {
      return DiskStorage.open(options.folder("dynamodb"));
    } catch (StorageException e) {
      throw StartException.cannotOpen(e);
    }
  }

  URI endpoint() {
    return endpoint;
  }

  /** Stops it; what was acknowledged is on disk, if it is kept there. */
  void stop() {
    dynamodb.close();
  }
}
