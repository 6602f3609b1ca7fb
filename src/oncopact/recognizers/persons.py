"""Persons are no companies: names that begin with a given name."""

from __future__ import annotations

_GIVEN = frozenset(
    """
        Aaron Adam Adrian Alan Albert Alejandro Alex Alexander Alexandra Alice Alison Allan Allen Allison Amanda Amy
        Ana Andrea Andreas Andrew Andy Angela Anita Ann Anna Anne Anthony Antonio Arthur Barbara Barry Ben Benjamin
        Bernard Bernd Beth Bill Bob Brad Bradley Brandon Brenda Brent Brett Brian Bruce Bryan Byron Carl Carla Carlos
        Carol Caroline Carolyn Catherine Cathy Charles Charlotte Cheryl Chris Christian Christina Christine Christoph
        Christopher Cindy Claire Claudia Colin Connie Craig Cynthia Dan Dana Daniel Daniela Darren Dave David Dean
        Deborah Debra Denise Dennis Derek Diana Diane Dirk Don Donald Donna Doris Dorothy Doug Douglas Earl Edward
        Eileen Elaine Eleanor Elena Eli Elizabeth Ellen Emily Emma Eric Erica Erik Erin Ernest Eugene Eva Evan Evelyn
        Frances Francis Franck Frank Frederick Gabriel Gary Geoffrey George Gerald Gina Glenn Gloria Gordon Grace
        Graham Greg Gregory Guido Guy Hans Harold Harry Heather Heidi Helen Helga Henry Holly Howard Hugh Ian Irene
        Isaac Ivan Jack Jackie Jacob Jacqueline James Jamie Jan Jane Janet Janice Jason Jay Jean Jeff Jeffrey
        Jennifer Jenny Jeremy Jerome Jerry Jessica Jill Jim Joan Joanna Joe Joel Johann John Johnny Jon Jonathan
        Jordan Jorge Jose Joseph Joshua Joyce Juan Judith Judy Julia Julian Julie Jürgen Justin Karen Karl Karin Kate
        Katherine Kathleen Kathryn Kathy Katie Keith Kelly Ken Kenneth Kerstin Kevin Kim Kirsten Klaus Kristen
        Kristin Kurt Kyle Larry Laura Lauren Laurence Laurent Lawrence Lee Leo Leonard Leslie Linda Lindsay Lisa Liz
        Lori Louis Louise Lucas Luke Lynn Marc Marcus Margaret Maria Marie Marilyn Mario Marion Mark Markus Martha
        Martin Marty Mary Matt Matthew Maureen Max Megan Melanie Melissa Michael Michel Michele Michelle Mike
        Mitchell Mohamed Monica Monika Nancy Natalie Nathan Neal Neil Nicholas Nick Nicole Nigel Norbert Norman Olga
        Oliver Olivier Oscar Pam Pamela Pat Patricia Patrick Paul Paula Pedro Peggy Penny Pete Peter Phil Philip
        Philippe Phillip Phyllis Pierre Rachel Rainer Ralph Randall Randy Raymond Rebecca Renee Ricardo Richard Rick
        Rita Rob Robert Roberta Roberto Robin Rodney Roger Roland Rolf Ron Ronald Ronny Rosa Rose Ross Roy Russell
        Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sebastian Sharon Sheila Shirley Simon Sonia
        Sophie Stacy Stan Stanley Stefan Stephan Stephanie Stephen Steve Steven Stuart Sue Susan Suzanne Sven Sylvia
        Tammy Tanya Ted Teresa Terri Terry Theodore Theresa Thomas Tim Timothy Tina Todd Tom Tony Tracy Tyler Ulrich
        Ursula Uwe Valerie Vanessa Vera Veronica Vicki Victor Victoria Vincent Virginia Vivian Walter Wanda Warren
        Wayne Wendy Werner William Wolfgang Yolanda Yvonne Zachary
    """.split()
)


def is_given(word: str) -> bool:
    """Whether a word is a given name."""
    return word in _GIVEN


def is_person(name: str) -> bool:
    """Whether a name of two to four words begins as a person's does.

    >>> is_person("Deborah Dewey"), is_person("Genmab"), is_person("Allen Institute")
    (True, False, True)
    """
    words = name.split()
    return 2 <= len(words) <= 4 and words[0] in _GIVEN
