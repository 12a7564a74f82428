package io.cxmetrics.okr.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** A channel to a disk that has little room, takes a few bytes at a time, or cannot force; it notes what is asked of it. */
final class Faulty extends FileChannel {
    private final FileChannel real;
    private final Disk disk;

    /** A disk. */
    static final class Disk {
        long room = Long.MAX_VALUE;
        int atATime = Integer.MAX_VALUE;
        boolean forces = true;
        boolean truncates = true;
        final List<String> asked = new java.util.ArrayList<>();
    }

    Faulty(FileChannel real, Disk disk) {
        this.real = real;
        this.disk = disk;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        disk.asked.add("write");
        long free = Math.max(0, disk.room - position);
        int count = (int) Math.min(Math.min(source.remaining(), disk.atATime), free);
        if (count == 0 && free == 0) {
            throw new IOException("No space left on device");
        }
        ByteBuffer part = source.slice(source.position(), count);
        int written = real.write(part, position);
        source.position(source.position() + written);
        return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (!disk.forces) {
            throw new IOException("Input/output error");
        }
        disk.asked.add("force");
        real.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (!disk.truncates) {
            throw new IOException("Read-only file system");
        }
        disk.asked.add("truncate");
        real.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
