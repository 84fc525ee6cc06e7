/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.localaws.dynamodb.RehearsalOptions;
import io.sluice.localaws.dynamodb.service.BucketSettings;
import io.sluice.localaws.dynamodb.signature.AccessKey;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the options that are about DynamoDB alone.
 *
 * @param checkSignatures whether requests must be signed with {@code key}
 * @param exportFiles how many data files a native export has
 * @param expiry how often expired items are deleted; zero for never
 * @param rehearsal what is played: throttling, latency, faults
 */
record DynamoDbOptions(
    boolean checkSignatures,
    AccessKey key,
    int exportFiles,
    StreamSettings streams,
    Duration expiry,
    RehearsalOptions rehearsal) {

  static final String HELP =
      """
        --checkSignatures    refuse requests to DynamoDB that are not signed with its key; does not
                             go with --admin, which has no signatures
        --dynamodbKey=ID:SECRET  that key; localkey:localsecret unless it is given
        --streamShards=1     how many shards a stream begins with
        --shardLife=4h       after which time another shard takes the place of one
        --splitAfter=0       after how many records two shards take the place of one; 0 for never
        --streamRetention=24h  how long records of streams can be read
        --emptyPages=0       how many in a hundred pages of a stream are empty before its end
        --expiry=60s         how often items are deleted whose time to live is over; 0 for never
        --exportFiles=4      how many data files a native export has, up to 15625
      """
          + RehearsalOptions.HELP;

  private static final List<String> OWN =
      List.of(
          "--checkSignatures",
          "--dynamodbKey",
          "--streamShards",
          "--shardLife",
          "--splitAfter",
          "--streamRetention",
          "--emptyPages",
          "--expiry",
          "--exportFiles");

  static final List<String> NAMES =
      Stream.concat(OWN.stream(), RehearsalOptions.NAMES.stream()).toList();

  DynamoDbOptions {
    if (checkSignatures && rehearsal.hasAdmin()) {
      throw StartException.badOption(
          "--checkSignatures and --admin do not go together: the admin path has no signatures");
    }
  }

  static DynamoDbOptions of(Arguments arguments) {
    return new DynamoDbOptions(
        arguments.flag("--checkSignatures"),
        arguments.key("--dynamodbKey", LocalAws.KEY),
        arguments.whole(
            "--exportFiles", BucketSettings.EXPORT_FILES, 1, BucketSettings.MAX_EXPORT_FILES),
        streams(arguments),
        arguments.duration("--expiry", Duration.ofSeconds(60)),
        rehearsal(arguments));
  }

  private static RehearsalOptions rehearsal(Arguments arguments) {
    RehearsalOptions options = new RehearsalOptions(arguments.only(RehearsalOptions.NAMES));
    try {
      options.apply(DynamoDb.builder());
      return options;
    } catch (IllegalArgumentException e) {
      throw StartException.badOption(e.getMessage());
    }
  }

  private static StreamSettings streams(Arguments arguments) {
    StreamSettings service = StreamSettings.SERVICE;
    try {
      return service
          .withShards(arguments.whole("--streamShards", service.shards(), 1))
          .withShardLife(arguments.duration("--shardLife", service.shardLife()))
          .withRetention(arguments.duration("--streamRetention", service.retention()))
          .withSplitAfter(arguments.whole("--splitAfter", service.splitAfter(), 0))
          .withEmptyPages(arguments.whole("--emptyPages", 0, 0) / 100.0);
    } catch (IllegalArgumentException e) {
      throw StartException.badOption("streams: " + e.getMessage());
    }
  }
}
