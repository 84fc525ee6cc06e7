/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Checks scans and queries: pages, segments, indexes, filters and units. */
class ReadContractTest {

  static final String CONTRACT =
      """
      - scans in segments that are counted from 0
        source: API reference, Scan: Segment, TotalSegments; nubo-db/dynamodb-conformance, tier 3
        not dynalite 4.0.0: has no most of segments
        Scan {'TableName':'$range','Segment':0,'TotalSegments':1000000}
        = {'Items':'*','Count':'*','ScannedCount':'*'}
        Scan {'TableName':'$range','Segment':2,'TotalSegments':2}
        ! ValidationException The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2
        Scan {'TableName':'$range','Segment':0,'TotalSegments':1000001}
        ! ValidationException 1 validation error detected: Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000
        Scan {'TableName':'$range','Segment':0}
        ! ValidationException The TotalSegments parameter is required but was not present in the request when Segment parameter is present

      - stops at a limit and goes on behind the last key
        source: API reference, Scan: LastEvaluatedKey
        BatchWriteItem {'RequestItems':{'$range':$each(4)<{'PutRequest':{'Item':{'h':{'S':'limit'},'r':{'N':'#'}}}}>}}
        = {}
        Query {'TableName':'$range','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'limit'}},'Limit':2,'ConsistentRead':true}
        = {'Count':2,'ScannedCount':2,'LastEvaluatedKey':{'h':{'S':'limit'},'r':{'N':'1'}}}
        Query {'TableName':'$range','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'limit'}},'Limit':3,'ConsistentRead':true,
        | 'ExclusiveStartKey':{'h':{'S':'limit'},'r':{'N':'1'}}}
        = {'Count':2,'LastEvaluatedKey':'-'}
        Query {'TableName':'$range','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'limit'}},'Limit':4,'ConsistentRead':true}
        = {'Count':4,'LastEvaluatedKey':{'r':{'N':'3'}}}

      - stops at 1 MB
        source: API reference, Query: LastEvaluatedKey; developer guide, Paginating the results
        BatchWriteItem {'RequestItems':{'$large':$each(5)<{'PutRequest':{'Item':{'h':{'S':'mb'},'r':{'N':'#'},'x':{'S':'$x(300000)'}}}}>}}
        = {'UnprocessedItems':{}}
        Query {'TableName':'$large','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'mb'}},'ConsistentRead':true,'ProjectionExpression':'r'}
        = {'LastEvaluatedKey':{'h':{'S':'mb'},'r':'*'}}
        Scan {'TableName':'$large','ConsistentRead':true,'Select':'COUNT'}
        = {'Items':'-','LastEvaluatedKey':{'h':{'S':'mb'},'r':'*'}}

      - counts half a unit for each 4 KB that it reads, and a whole one for consistency
        source: developer guide, Read/write capacity mode: read request units
        not dynalite 4.0.0: counts scans as eventually consistent
        PutItem {'TableName':'$few','Item':{'h':{'S':'a'},'x':{'S':'$x(4090)'}}}
        = {}
        GetItem {'TableName':'$few','Key':{'h':{'S':'a'}},'ReturnConsumedCapacity':'TOTAL'}
        = {'ConsumedCapacity':{'TableName':'$few','CapacityUnits':0.5,'Table':'-'}}
        GetItem {'TableName':'$few','Key':{'h':{'S':'a'}},'ConsistentRead':true,'ReturnConsumedCapacity':'INDEXES'}
        = {'ConsumedCapacity':{'CapacityUnits':1,'Table':{'CapacityUnits':1}}}
        PutItem {'TableName':'$few','Item':{'h':{'S':'a'},'x':{'S':'$x(4100)'}}}
        = {}
        Scan {'TableName':'$few','ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL'}
        = {'Count':1,'ConsumedCapacity':{'CapacityUnits':2}}

      - counts what it reads, whatever it filters or projects
        source: API reference, Scan: FilterExpression; recorded by paritysuite, 2026
        not dynalite 4.0.0: counts scans as eventually consistent
        Scan {'TableName':'$few','FilterExpression':'attribute_exists(nothing)','ProjectionExpression':'h','ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL'}
        = {'Items':[],'Count':0,'ScannedCount':1,'ConsumedCapacity':{'CapacityUnits':2}}

      - reads half a unit of nothing
        source: developer guide, Read/write capacity mode
        GetItem {'TableName':'$few','Key':{'h':{'S':'nowhere'}},'ReturnConsumedCapacity':'TOTAL'}
        = {'Item':'-','ConsumedCapacity':{'CapacityUnits':0.5}}

      - reads indexes, of which the global ones are never consistent
        source: developer guide, Using global secondary indexes; nubo-db/dynamodb-conformance, tier 3; architect/dynalite, test/query.js
        not dynalite 4.0.0: scans global ones so
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'a'},'r':{'S':'1'},'l':{'S':'x'},'g':{'S':'y'},'p':{'S':'p'},'q':{'S':'q'}}}
        = {}
        Scan {'TableName':'$indexed','IndexName':'local','ConsistentRead':true}
        = {'Items':[{'q':{'S':'q'}}]}
        Scan {'TableName':'$indexed','IndexName':'global','ConsistentRead':true}
        ! ValidationException Consistent reads are not supported on global secondary indexes
        Scan {'TableName':'$indexed','IndexName':'none'}
        ! ValidationException The table does not have the specified index: none
        Query {'TableName':'$indexed','IndexName':'global','KeyConditionExpression':'g = :g','ExpressionAttributeValues':{':g':{'S':'y'}},'Select':'ALL_ATTRIBUTES'}
        ! ValidationException One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index global because its projection type is not ALL

      - says what is wrong with a filter or a projection
        source: answers recorded by paritysuite, 2026-09-20; architect/dynalite, test/scan.js
        not dynalite 4.0.0: has a parser with words of its own
        Scan {'TableName':'$range','FilterExpression':'a = :a'}
        ! ValidationException Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :a
        Scan {'TableName':'$range','FilterExpression':'a ='}
        ! ValidationException Invalid FilterExpression: Syntax error; token: "<EOF>", near: "="
        Scan {'TableName':'$range','ProjectionExpression':'a, a'}
        ! ValidationException Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]
        Scan {'TableName':'$range','ProjectionExpression':'name'}
        ! ValidationException Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: name
        Scan {'TableName':'$range','FilterExpression':'attribute_exists(a)','ExpressionAttributeNames':{'#b':'b'}}
        ! ValidationException Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}
        Scan {'TableName':'$range','ExpressionAttributeValues':{':a':{'S':'a'}}}
        ! ValidationException ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null
        Scan {'TableName':'$range','Limit':0}
        ! ValidationException 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1

      - starts only where a key is
        source: nubo-db/dynamodb-conformance, tier 3; architect/dynalite, test/scan.js
        Scan {'TableName':'$range','ExclusiveStartKey':{'x':{'S':'a'}}}
        ! ValidationException The provided starting key is invalid: The provided key element does not match the schema
      """;

  private static ContractRun run;

  @BeforeAll
  static void open() throws IOException {
    run = prepare(new ContractRun(Endpoint.open(), ""));
  }

  /** Creates the tables that this contract is about. */
  static ContractRun prepare(ContractRun run) {
    return run.with("range", TableDescriptions.RANGE)
        .with("indexed", TableDescriptions.INDEXED)
        .with("large", TableDescriptions.RANGE)
        .with("few", TableDescriptions.HASH);
  }

  @AfterAll
  static void close() {
    run.close();
  }

  @TestFactory
  Stream<DynamicTest> isKept() {
    return run.tests(CONTRACT);
  }

  @Test
  void segmentsHaveEveryItemOnce() {
    String put = "{'PutRequest':{'Item':{'h':{'S':'s%d'},'r':{'N':'0'}}}}";
    Set<Object> expected = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      expected.add(Map.of("S", "s" + i));
      send("BatchWriteItem", "{'RequestItems':{'$range':[" + put.formatted(i) + "]}}");
    }
    List<Object> found = new ArrayList<>();
    for (int segment = 0; segment < 7; segment++) {
      Map<String, Object> page =
          send(
              "Scan",
              "{'TableName':'$range','ConsistentRead':true,'TotalSegments':7,'Segment':"
                  + segment
                  + ",'FilterExpression':'begins_with(h, :s)',"
                  + "'ExpressionAttributeValues':{':s':{'S':'s'}}}");
      ((List<?>) page.get("Items")).forEach(item -> found.add(((Map<?, ?>) item).get("h")));
    }
    assertThat(found, hasSize(50));
    assertThat(new HashSet<>(found), is(expected));
  }

  private static Map<String, Object> send(String operation, String request) {
    return run.send(operation, request.replace('\'', '"')).body();
  }
}
