package dev.kilonode.cluster.namespaces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program of the test. {@code serve ADDRESS PORT} answers each byte with itself, until standard input ends. {@code ask} reads lines
 * {@code ADDRESS PORT}, and writes for each the time of a byte there and back in ns, or why there was none.
 */
final class TcpProbe {

    private static final int PATIENCE_MS = 2_000;

    private TcpProbe() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("ask")) ask();
        else serve(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2]));
    }

    private static void serve(InetAddress address, int port) throws IOException {
        try (ServerSocket listening = new ServerSocket(port, 50, address)) {
            Thread answers = new Thread(() -> answer(listening));
            answers.setDaemon(true);
            answers.start();
            System.out.println("ready");
            while (System.in.read() >= 0) continue;
        }
    }

    private static void answer(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE_MS);
                int read;
                while ((read = socket.getInputStream().read()) >= 0)
                    socket.getOutputStream().write(read);
            } catch (IOException e) {
                continue; // of this connection
            }
        }
    }

    private static void ask() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = lines.readLine()) != null) {
            String[] words = line.split(" ");
            System.out.println(roundTrip(words[0], Integer.parseInt(words[1])));
        }
    }

    private static String roundTrip(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            long before = System.nanoTime();
            socket.getOutputStream().write(7);
            int back = socket.getInputStream().read();
            return back == 7 ? Long.toString(System.nanoTime() - before) : "got " + back;
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }
}
