/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** Encodes the tree of places, names in order; deterministic. */
public final class InferredSchemaCoder extends AtomicCoder<InferredSchema> {
  private static final long serialVersionUID = 1L;
  private static final InferredSchemaCoder INSTANCE = new InferredSchemaCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  /** The types in the order of their bits in a place, which must not change while a job runs. */
  private static final Type[] TYPES = {
    Type.S, Type.N, Type.B, Type.BOOL, Type.NUL, Type.SS, Type.NS, Type.BS, Type.L, Type.M
  };

  private static final int OPAQUE = 1 << 10;
  private static final int ELEMENTS = 1 << 11;
  private static final int MEMBERS = 1 << 12;
  private static final int BEYOND_LONG = 1 << 13;
  private static final int EMPTY = 1 << 14;

  /** Encoded instead of the number of names when they are treated as data. */
  private static final int COLLAPSED = -1;

  private InferredSchemaCoder() {}

  public static InferredSchemaCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(InferredSchema.class), INSTANCE);
  }

  @Override
  public void encode(InferredSchema schema, OutputStream out) throws IOException {
    encode(schema.key(), out);
    VarInt.encode(schema.items(), out);
    VarInt.encode(schema.hasMore() ? 1 : 0, out);
    encode(schema.attributes(), out);
  }

  private static void encode(KeySchema key, OutputStream out) throws IOException {
    VarInt.encode(key.attributes().size(), out);
    for (KeyAttribute attribute : key.attributes()) {
      TEXT.encode(attribute.name(), out);
      TEXT.encode(attribute.type().name(), out);
    }
  }

  private static void encode(Members members, OutputStream out) throws IOException {
    Place values = members.values();
    if (values != null) {
      VarInt.encode(COLLAPSED, out);
      encode(values, out);
      return;
    }
    VarInt.encode(members.size(), out);
    for (int i = 0; i < members.size(); i++) {
      TEXT.encode(members.name(i), out);
      encode(members.place(i), out);
    }
  }

  private static void encode(Place place, OutputStream out) throws IOException {
    Place elements = place.elements();
    Members members = place.members();
    int bits = place.isOpaque() ? OPAQUE : 0;
    bits |= elements == null ? 0 : ELEMENTS;
    bits |= members == null ? 0 : MEMBERS;
    bits |= place.digits().beyondLong() ? BEYOND_LONG : 0;
    bits |= place.hasEmpty() ? EMPTY : 0;
    for (int i = 0; i < TYPES.length; i++) {
      bits |= place.count(TYPES[i]) > 0 ? 1 << i : 0;
    }
    VarInt.encode(bits, out);
    for (Type type : TYPES) {
      if (place.count(type) > 0) {
        VarInt.encode(place.count(type), out);
      }
    }
    VarInt.encode(place.digits().whole(), out);
    VarInt.encode(place.digits().fraction(), out);
    if (elements != null) {
      encode(elements, out);
    }
    if (members != null) {
      encode(members, out);
    }
  }

  @Override
  public InferredSchema decode(InputStream in) throws IOException {
    KeySchema key = decodeKey(in);
    long items = VarInt.decodeLong(in);
    boolean more = VarInt.decodeInt(in) == 1;
    Members attributes = new Members(InferredSchema.MAX_ATTRIBUTES);
    decode(in, attributes);
    return InferredSchema.of(key, items, attributes, more);
  }

  private static KeySchema decodeKey(InputStream in) throws IOException {
    int count = VarInt.decodeInt(in);
    KeyAttribute partitionKey = decodeKeyAttribute(in);
    return count == 1
        ? KeySchema.of(partitionKey)
        : new KeySchema(partitionKey, decodeKeyAttribute(in));
  }

  private static KeyAttribute decodeKeyAttribute(InputStream in) throws IOException {
    return new KeyAttribute(TEXT.decode(in), KeyAttribute.Type.valueOf(TEXT.decode(in)));
  }

  private static void decode(InputStream in, Members to) throws IOException {
    // The weights of all parts are summed up at the end.
    Weight unused = new Weight();
    int names = VarInt.decodeInt(in);
    if (names == COLLAPSED) {
      decode(in, to.collapse(unused));
      return;
    }
    for (int i = 0; i < names; i++) {
      decode(in, to.insert(TEXT.decode(in), unused));
    }
  }

  private static void decode(InputStream in, Place to) throws IOException {
    Weight unused = new Weight();
    int bits = VarInt.decodeInt(in);
    if (bits < 0 || bits >= EMPTY << 1) {
      throw new CoderException("the bytes of a schema are corrupt");
    }
    for (int i = 0; i < TYPES.length; i++) {
      if ((bits & (1 << i)) != 0) {
        to.count(TYPES[i], VarInt.decodeLong(in), unused);
      }
    }
    int whole = VarInt.decodeInt(in);
    int fraction = VarInt.decodeInt(in);
    to.digits().merge(new Digits(whole, fraction, (bits & BEYOND_LONG) != 0));
    if ((bits & EMPTY) != 0) {
      to.foundEmpty();
    }
    if ((bits & OPAQUE) != 0) {
      to.stop(unused);
    }
    if ((bits & ELEMENTS) != 0) {
      decode(in, to.makeElements(unused));
    }
    if ((bits & MEMBERS) != 0) {
      decode(in, to.makeMembers(unused));
    }
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}
