package dev.kilonode.node.link;

/** Told once what became of a frame. */
public interface SendListener {

    /** The other end's transport has received the whole frame; says nothing about it being read or handled. */
    void acknowledged();

    /** Not acknowledged in time, or the connection is closed. */
    void sendFailed();
}
