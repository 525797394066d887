package org.pellang.runtime;

/**
 * How objects of a type become bytes and come back. The runtime never uses Java's own serialization: bytes from other processes must not
 * create whatever they like.
 *
 * @param <T> the type
 */
public interface Serializer<T> {
    /** An object as bytes. */
    byte[] write(T value);

    /** The object that those bytes stand for. @throws CommException if they stand for none */
    T read(byte[] bytes);
}
