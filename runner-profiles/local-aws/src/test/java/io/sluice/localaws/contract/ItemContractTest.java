/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Checks what the service takes for an item, and what it refuses. */
class ItemContractTest {

  static final String CONTRACT =
      """
      - keeps every type
        source: API reference, AttributeValue
        PutItem {'TableName':'$hash','Item':{'h':{'S':'types'},'n':{'N':'-0.50'},'b':{'B':'AAE='},
        | 't':{'BOOL':false},'u':{'NULL':true},'l':{'L':[]},'m':{'M':{}},'e':{'S':''},
        | 'ss':{'SS':['']},'ns':{'NS':['1e2']},'bs':{'BS':['AA==']}}}
        = {'Attributes':'-'}
        GetItem {'TableName':'$hash','Key':{'h':{'S':'types'}},'ConsistentRead':true}
        = {'Item':{'h':{'S':'types'},'n':{'N':'-0.5'},'b':{'B':'AAE='},'t':{'BOOL':false},
        | 'u':{'NULL':true},'l':{'L':[]},'m':{'M':{}},'e':{'S':''},'ss':{'SS':['']},
        | 'ns':{'NS':['100']},'bs':{'BS':['AA==']}}}

      - says nothing of an item that is not there
        source: API reference, GetItem
        GetItem {'TableName':'$hash','Key':{'h':{'S':'nowhere'}}}
        = {'Item':'-','ConsumedCapacity':'-'}

      - takes numbers of 38 digits
        source: developer guide, Supported data types and naming rules
        PutItem {'TableName':'$hash','Item':{'h':{'S':'n'},'n':{'N':'12345678901234567890123456789012345678'},
        | 'x':{'N':'9.9999999999999999999999999999999999999E125'},'y':{'N':'1E-130'}}}
        = {}
        PutItem {'TableName':'$hash','Item':{'h':{'S':'n'},'n':{'N':'123456789012345678901234567890123456789'}}}
        ! ValidationException ...Attempting to store more than 38 significant digits in a Number

      - takes no numbers beyond the range
        source: developer guide, Supported data types and naming rules
        PutItem {'TableName':'$hash','Item':{'h':{'S':'n'},'n':{'N':'1E126'}}}
        ! ValidationException ...Number overflow. Attempting to store a number with magnitude larger than supported range
        PutItem {'TableName':'$hash','Item':{'h':{'S':'n'},'n':{'N':'1E-131'}}}
        ! ValidationException ...Number underflow. Attempting to store a number with magnitude smaller than supported range
        PutItem {'TableName':'$hash','Item':{'h':{'S':'n'},'n':{'N':'one'}}}
        ! ValidationException ...The parameter cannot be converted to a numeric value: one

      - reads an exponent of any size
        source: answers recorded by paritysuite, eu-west-2, 2026-10-09
        PutItem {'TableName':'$hash','Item':{'h':{'S':'n'},'n':{'N':'1e99999999999'}}}
        ! ValidationException ...Number overflow. Attempting to store a number with magnitude larger than supported range

      - takes 409,600 bytes and no more
        source: developer guide, Quotas: item size; recorded to the byte by paritysuite, eu-west-2, 2026-08-18
        PutItem {'TableName':'$hash','Item':{'h':{'S':'size'},'x':{'S':'$x(409594)'}}}
        = {}
        PutItem {'TableName':'$hash','Item':{'h':{'S':'size'},'x':{'S':'$x(409595)'}}}
        ! ValidationException Item size has exceeded the maximum allowed size
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'size'},'x':{'S':'$x(409595)'}}}}]}}
        ! ValidationException Item size has exceeded the maximum allowed size

      - counts a pair of digits as a byte, from the decimal point on
        source: answers recorded by paritysuite, eu-west-2, 2026-08-18
        PutItem {'TableName':'$hash','Item':{'h':{'S':'size'},'n':{'N':'3.14159'},'x':{'S':'$x(409588)'}}}
        = {}
        PutItem {'TableName':'$hash','Item':{'h':{'S':'size'},'n':{'N':'3.14159'},'x':{'S':'$x(409589)'}}}
        ! ValidationException Item size has exceeded the maximum allowed size

      - takes keys of 2,048 and 1,024 bytes
        source: developer guide, Quotas: partition key length and sort key length; architect/dynalite, test/putItem.js
        PutItem {'TableName':'$hash','Item':{'h':{'S':'$x(2048)'}}}
        = {}
        PutItem {'TableName':'$hash','Item':{'h':{'S':'$x(2049)'}}}
        ! ValidationException One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'a'},'r':{'S':'$x(1025)'}}}
        ! ValidationException One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes

      - wants a key of the right form
        source: answers recorded by paritysuite, four regions, 2026-06-23; architect/dynalite, test/putItem.js
        PutItem {'TableName':'$hash','Item':{'x':{'S':'a'}}}
        ! ValidationException One or more parameter values were invalid: Missing the key h in the item
        PutItem {'TableName':'$hash','Item':{'h':{'N':'1'}}}
        ! ValidationException One or more parameter values were invalid: Type mismatch for key h expected: S actual: N
        PutItem {'TableName':'$hash','Item':{'h':{'S':''}}}
        ! ValidationException One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: h
        GetItem {'TableName':'$hash','Key':{'x':{'S':'a'}}}
        ! ValidationException The provided key element does not match the schema
        GetItem {'TableName':'$range','Key':{'h':{'S':'a'}}}
        ! ValidationException The provided key element does not match the schema

      - takes 1 and 1.0 for the same key
        source: developer guide, Supported data types and naming rules
        PutItem {'TableName':'$range','Item':{'h':{'S':'same'},'r':{'N':'1.0'},'x':{'S':'a'}}}
        = {}
        GetItem {'TableName':'$range','Key':{'h':{'S':'same'},'r':{'N':'1e0'}},'ConsistentRead':true}
        = {'Item':{'r':{'N':'1'},'x':{'S':'a'}}}

      - wants the keys of an index to have their type, or to be missing
        source: developer guide, Using global secondary indexes; architect/dynalite, test/batchWriteItem.js
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'a'},'r':{'S':'a'},'g':{'N':'1'}}}
        ! ValidationException One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: global
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'a'},'r':{'S':'a'}}}
        = {}

      - takes 32 levels and no more
        source: developer guide, Quotas: nested attribute depth
        not dynalite 4.0.0: takes more
        PutItem {'TableName':'$hash','Item':{'h':{'S':'deep'},'x':
        | {'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[
        | {'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[{'L':[
        | {'S':'33'}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}]}}}
        ! ValidationException ...Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit

      - takes no set without elements, or with the same one twice
        source: answers recorded by paritysuite, 2026-10-09
        PutItem {'TableName':'$hash','Item':{'h':{'S':'set'},'s':{'SS':[]}}}
        ! ValidationException ...One or more parameter values were invalid: An string set  may not be empty
        PutItem {'TableName':'$hash','Item':{'h':{'S':'set'},'s':{'SS':['a','a']}}}
        ! ValidationException ...One or more parameter values were invalid: Input collection ... contains duplicates.

      - puts, updates and deletes on a condition
        source: API reference, PutItem, UpdateItem, DeleteItem: ConditionExpression
        PutItem {'TableName':'$hash','Item':{'h':{'S':'cond'},'n':{'N':'1'}},
        | 'ConditionExpression':'attribute_not_exists(h)'}
        = {}
        PutItem {'TableName':'$hash','Item':{'h':{'S':'cond'}},'ConditionExpression':'attribute_not_exists(h)'}
        ! ConditionalCheckFailedException The conditional request failed
        UpdateItem {'TableName':'$hash','Key':{'h':{'S':'cond'}},'UpdateExpression':'SET n = n + :one',
        | 'ConditionExpression':'n = :one','ExpressionAttributeValues':{':one':{'N':'1'}},'ReturnValues':'UPDATED_NEW'}
        = {'Attributes':{'n':{'N':'2'},'h':'-'}}
        DeleteItem {'TableName':'$hash','Key':{'h':{'S':'cond'}},'ConditionExpression':'n = :one',
        | 'ExpressionAttributeValues':{':one':{'N':'1'}}}
        ! ConditionalCheckFailedException The conditional request failed
        DeleteItem {'TableName':'$hash','Key':{'h':{'S':'cond'}},'ReturnValues':'ALL_OLD'}
        = {'Attributes':{'h':{'S':'cond'},'n':{'N':'2'}}}

      - finds no table
        source: answers recorded by paritysuite, 2026-09-20
        PutItem {'TableName':'sluice-contract-no-such-table','Item':{'h':{'S':'a'}}}
        ! ResourceNotFoundException Requested resource not found
        DescribeTable {'TableName':'sluice-contract-no-such-table'}
        ! ResourceNotFoundException Requested resource not found: Table: sluice-contract-no-such-table not found
      """;

  private static ContractRun run;

  @BeforeAll
  static void open() throws IOException {
    run = prepare(new ContractRun(Endpoint.open(), ""));
  }

  /** Creates the tables that this contract is about. */
  static ContractRun prepare(ContractRun run) {
    return run.with("hash", TableDescriptions.HASH)
        .with("range", TableDescriptions.RANGE)
        .with("indexed", TableDescriptions.INDEXED);
  }

  @AfterAll
  static void close() {
    run.close();
  }

  @TestFactory
  Stream<DynamicTest> isKept() {
    return run.tests(CONTRACT);
  }
}
