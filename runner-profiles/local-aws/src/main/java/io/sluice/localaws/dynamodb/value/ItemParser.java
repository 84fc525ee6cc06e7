/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;
import java.util.function.Function;

/** Parses JSON in an array, of which an {@link ItemScanner} may read parts in its stead. */
public final class ItemParser extends UTF8StreamJsonParser {

  private ItemScanner scanner;

  private ItemParser(
      IOContext context,
      int features,
      ByteQuadsCanonicalizer symbols,
      byte[] json,
      int begin,
      int end) {
    super(context, features, null, null, symbols, json, begin, end, 0, false);
  }

  /** Makes parsers of this kind for arrays that begin with an object. */
  private static final class Factory extends JsonFactory {

    private static final long serialVersionUID = 1L;

    @Override
    protected JsonParser _createParser(byte[] json, int begin, int length, IOContext context)
        throws IOException {
      // Otherwise the encoding may be another one.
      if (length < 2 || json[begin] != '{' || json[begin + 1] == 0) {
        return super._createParser(json, begin, length, context);
      }
      return new ItemParser(
          context,
          _parserFeatures,
          _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
          json,
          begin,
          begin + length);
    }
  }

  /** Makes a factory of parsers, of which those for arrays that begin with a brace are these. */
  public static JsonFactory factory() {
    return new Factory();
  }

  /** Gives the scanner of this parser, which is made when it is needed first. */
  ItemScanner scanner(Function<ItemParser, ItemScanner> maker) {
    if (scanner == null) {
      scanner = maker.apply(this);
    }
    return scanner;
  }

  byte[] bytes() {
    return _inputBuffer;
  }

  /** Says where the bytes behind the current token begin. */
  int position() {
    return _inputPtr;
  }

  int end() {
    return _inputEnd;
  }

  /** Goes on at {@code position}, where this token, or the object or array it begins, may end. */
  void moveTo(int position) {
    _inputPtr = position;
  }
}
