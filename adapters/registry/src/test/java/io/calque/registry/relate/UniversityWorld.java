package io.calque.registry.relate;

import io.calque.registry.relate.World.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A university whose names are German, in three sources. Written before any weight was set and looked at only afterwards.
 */
final class UniversityWorld {
    private UniversityWorld() {}

    static World build() {
        World w = new World(37);
        Table fakultaeten = w.table("lite.fakultaeten", 9, "FakNr INTEGER", "Bezeichnung VARCHAR", "Gruendung INTEGER")
                .fill("FakNr", World.serial(1))
                .fill("Bezeichnung", i -> w.word(12))
                .fill("Gruendung", w.number(1810, 1999));
        Table professoren = w.table(
                        "pg.professoren",
                        140,
                        "PersNr INTEGER",
                        "Nachname VARCHAR",
                        "Rang VARCHAR",
                        "Fak INTEGER",
                        "Raum VARCHAR")
                .fill("PersNr", World.serial(2101))
                .fill("Nachname", i -> w.word(8))
                .fill("Rang", w.oneOf("C2", "C3", "C4"))
                .fill("Fak", w.any(fakultaeten, "FakNr"));
        Table assistenten = w.table(
                        "pg.assistenten",
                        310,
                        "PersNr INTEGER",
                        "Nachname VARCHAR",
                        "Fachgebiet VARCHAR",
                        "Boss INTEGER")
                .fill("PersNr", World.serial(3001))
                .fill("Nachname", i -> w.word(8))
                .fill("Fachgebiet", i -> w.word(5))
                .fill("Boss", w.any(professoren, "PersNr"));
        Table raeume = w.table("lite.raeume", 260, "Kuerzel VARCHAR", "Plaetze INTEGER", "Stockwerk INTEGER")
                .fill(
                        "Kuerzel",
                        i -> (char) ('A' + i / 40) + "." + (1 + i / 13 % 4) + "." + String.format("%02d", i % 40))
                .fill("Plaetze", w.number(12, 400))
                .fill("Stockwerk", w.number(0, 6));
        professoren.fill("Raum", w.any(raeume, "Kuerzel"));
        Table studenten = w.table(
                        "mongo.studenten",
                        2200,
                        "_id VARCHAR",
                        "MatrNr INTEGER",
                        "Nachname VARCHAR",
                        "Semester INTEGER",
                        "Studiengang VARCHAR")
                .fill("_id", i -> w.objectId())
                .fill("MatrNr", w.sparse(2200, 24_000, 31_000))
                .fill("Nachname", i -> w.word(7))
                .fill("Semester", w.number(1, 18));
        Table studiengaenge = w.table(
                        "lite.studiengaenge",
                        32,
                        "Kurz VARCHAR",
                        "Titel VARCHAR",
                        "Regelstudienzeit INTEGER",
                        "Fak INTEGER")
                .fill("Kurz", i -> w.word(3).toUpperCase(java.util.Locale.ROOT) + i)
                .fill("Titel", i -> w.word(15))
                .fill("Regelstudienzeit", w.number(4, 10))
                .fill("Fak", w.any(fakultaeten, "FakNr"));
        studenten.fill("Studiengang", w.any(studiengaenge, "Kurz"));
        Table vorlesungen = w.table(
                        "pg.vorlesungen", 420, "VorlNr INTEGER", "Titel VARCHAR", "SWS INTEGER", "gelesenVon INTEGER")
                .fill("VorlNr", World.serial(5001))
                .fill("Titel", i -> w.word(16))
                .fill("SWS", w.number(2, 6))
                .fill("gelesenVon", w.any(professoren, "PersNr"));
        w.table("mongo.hoeren", 7000, "_id VARCHAR", "Matr INTEGER", "Vorl INTEGER", "Jahr INTEGER")
                .fill("_id", i -> w.objectId())
                .fill("Matr", w.any(studenten, "MatrNr"))
                .fill("Vorl", w.skewed(vorlesungen, "VorlNr"))
                .fill("Jahr", w.number(2018, 2024));
        w.table("pg.voraussetzen", 350, "Vorgaenger INTEGER", "Nachfolger INTEGER")
                .fill("Vorgaenger", w.any(vorlesungen, "VorlNr"))
                .fill("Nachfolger", w.any(vorlesungen, "VorlNr"));
        w.table(
                        "pg.pruefen",
                        3100,
                        "MatrNr INTEGER",
                        "VorlNr INTEGER",
                        "PersNr INTEGER",
                        "Note INTEGER",
                        "Versuch INTEGER")
                .fill("MatrNr", w.any(studenten, "MatrNr"))
                .fill("VorlNr", w.any(vorlesungen, "VorlNr"))
                .fill("PersNr", w.any(professoren, "PersNr"))
                .fill("Note", w.number(1, 5))
                .fill("Versuch", w.number(1, 3));
        Table buecher = w.table(
                        "mongo.buecher", 1500, "_id VARCHAR", "Titel VARCHAR", "Seiten INTEGER", "Erschienen INTEGER")
                .fill("_id", i -> "978-3-" + (100_000 + 531L * i % 899_983) + "-" + i % 10)
                .fill("Titel", i -> w.word(20))
                .fill("Seiten", w.number(60, 1200))
                .fill("Erschienen", w.number(1950, 2024));
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 2600; i++) {
            numbers.add(i % 1500);
        }
        Table exemplare = w.table("lite.exemplare", 2600, "Isbn VARCHAR", "Nr INTEGER", "Zustand INTEGER")
                .fill("Isbn", i -> buecher.at("_id", numbers.get(i)))
                .fill("Nr", i -> Integer.toString(1 + i / 1500))
                .fill("Zustand", w.number(1, 4));
        List<Integer> lent = new ArrayList<>();
        for (int i = 0; i < 5200; i++) {
            lent.add(w.random.nextInt(2600));
        }
        w.table(
                        "pg.ausleihen",
                        5200,
                        "LfdNr INTEGER",
                        "Isbn VARCHAR",
                        "Exemplar INTEGER",
                        "Matr INTEGER",
                        "Tage INTEGER")
                .fill("LfdNr", World.serial(1))
                .fill("Isbn", i -> exemplare.at("Isbn", lent.get(i)))
                .fill("Exemplar", i -> exemplare.at("Nr", lent.get(i)))
                .fill("Matr", w.skewed(studenten, "MatrNr"))
                .fill("Tage", w.number(1, 60));
        w.table(
                        "lite.termine",
                        900,
                        "Vorl INTEGER",
                        "Raum VARCHAR",
                        "Wochentag INTEGER",
                        "Stunde INTEGER",
                        "Leiter INTEGER")
                .fill("Vorl", w.any(vorlesungen, "VorlNr"))
                .fill("Raum", w.any(raeume, "Kuerzel"))
                .fill("Wochentag", w.number(1, 5))
                .fill("Stunde", w.number(8, 18))
                .fill("Leiter", w.any(assistenten, "PersNr"));
        w.refers(
                "pg.professoren(Fak) -> lite.fakultaeten(FakNr)",
                "pg.professoren(Raum) -> lite.raeume(Kuerzel)",
                "pg.assistenten(Boss) -> pg.professoren(PersNr)",
                "lite.studiengaenge(Fak) -> lite.fakultaeten(FakNr)",
                "mongo.studenten(Studiengang) -> lite.studiengaenge(Kurz)",
                "pg.vorlesungen(gelesenVon) -> pg.professoren(PersNr)",
                "mongo.hoeren(Matr) -> mongo.studenten(MatrNr)",
                "mongo.hoeren(Vorl) -> pg.vorlesungen(VorlNr)",
                "pg.voraussetzen(Vorgaenger) -> pg.vorlesungen(VorlNr)",
                "pg.voraussetzen(Nachfolger) -> pg.vorlesungen(VorlNr)",
                "pg.pruefen(MatrNr) -> mongo.studenten(MatrNr)",
                "pg.pruefen(VorlNr) -> pg.vorlesungen(VorlNr)",
                "pg.pruefen(PersNr) -> pg.professoren(PersNr)",
                "lite.exemplare(Isbn) -> mongo.buecher(_id)",
                "pg.ausleihen(Isbn) -> mongo.buecher(_id)",
                "pg.ausleihen(Isbn,Exemplar) -> lite.exemplare(Isbn,Nr)",
                "pg.ausleihen(Matr) -> mongo.studenten(MatrNr)",
                "lite.termine(Vorl) -> pg.vorlesungen(VorlNr)",
                "lite.termine(Raum) -> lite.raeume(Kuerzel)",
                "lite.termine(Leiter) -> pg.assistenten(PersNr)");
        return w;
    }
}
