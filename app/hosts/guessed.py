"""What people choose for a password, and others try first, in the languages of the house: words and rows of keys."""

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "yxcvbnm",
    "wxcvbn",
    "zxcvbnm",
    "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "1a2z3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb",
    "qazwsxedcrfvtgb",
    "abc123def456",
)

WORDS = """
    password passwort motdepasse contrasena contrasenya parola wachtwoord senha passe secret geheim secreto
    admin administrator administrateur administrador root superuser user utilisateur benutzer usuario gast guest invite
    welcome willkommen bienvenue bienvenido bienvenida hello hallo bonjour salut hola letmein lassmichrein ouvretoi
    login connexion anmelden acceso access test testtest demo default changeme changezmoi aendern cambiame temporary
    ronde convention congress congres kongress kongres evento event rendezvous meeting organiser organisateur
    cluster grandregion granderegion luxembourg luxemburg france frankreich allemagne deutschland germany espana spain
    belgique belgien belgium europe europa paris berlin madrid bruxelles brussels metz nancy trier saarbruecken
    qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdfgh asdfghjkl yxcvbnm zxcvbnm abcd abcdef abcdefgh abc
    iloveyou jetaime ichliebedich teamo tequiero love amour liebe amor loulou doudou chouchou schatz schatzi princess
    princesse prinzessin princesa sunshine soleil sonnenschein sol sonne football fussball futbol soccer baseball
    basketball hockey rugby marseille bayern realmadrid barcelona monkey singe dragon drache shadow master maitre
    meister maestro batman superman spiderman starwars pokemon naruto michael jennifer thomas nicolas alexandre
    alexander andreas stefan daniel julien camille caroline isabelle charlotte sophie marie maria jose carlos antonio
    computer ordinateur rechner ordenador internet samsung google facebook microsoft windows apple iphone android
    summer autumn winter spring printemps automne hiver sommer herbst fruehling fruhling verano otono invierno primavera
    january february march april june july august september october november december
    janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
    januar februar maerz marz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre monday tuesday wednesday thursday friday saturday sunday
    lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag
    lunes martes miercoles jueves viernes sabado domingo whatever trustno freedom liberte freiheit libertad
    charlie killer matrix mustang ferrari porsche mercedes whisky chocolat chocolate schokolade vanille fromage
    business office bureau buero oficina company entreprise firma empresa
"""
GUESSED = frozenset(WORDS.split())
